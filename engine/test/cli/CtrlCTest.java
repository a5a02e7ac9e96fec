package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jvm.ChildJvm;
import lesson.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process of its own, which hears what a terminal sends at Ctrl-C. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class CtrlCTest {

    @ParameterizedTest(name = "{0}, after a line with \"{1}\"")
    @CsvSource(delimiter = '|', value = {
        "lesson02 --no-pause --db embedded        | ┃",
        "verify 02 --db embedded                  | 02.1",
        "verify 02.1 --watch --db embedded        | Enter: check again"})
    void endsWithASentenceAndNothingElse(String words, String line) throws Exception {
        var run = interrupted(words, line);
        assertEquals(130, run.exit, run.text());
        assertTrue(run.lines.getLast().startsWith("Stopped. Come back: ./jbang " + words.split(" ")[0]), run.text());
        for (var fault : List.of("SQLSTATE", "fault", "\tat ", "Exception", "claims", "✗ The", "Could not be judged")) {
            assertFalse(run.text().contains(fault), run.text());
        }
    }

    @Test
    void theStepThatRanIsWhereToComeBack() throws Exception {
        var run = interrupted("lesson02 --no-pause --from 3 --db embedded", "3/");
        assertEquals("Stopped. Come back: ./jbang lesson02 --from 3 --db embedded", run.lines.getLast(), run.text());
    }

    private record Interrupted(int exit, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    private static Interrupted interrupted(String words, String line) throws IOException, InterruptedException {
        var builder = ChildJvm.plain().with(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8"))
            .running(Main.class, List.of(words.split(" "))).redirectErrorStream(true).directory(Home.here().root().toFile());
        if (OS.LINUX.isCurrentOs()) {
            builder.command().addAll(0, List.of("env", "--default-signal=INT")); // where a script started us in the background, it is ignored
        }
        var process = builder.start();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).whenComplete((_, late) -> process.destroyForcibly());
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            var lines = new ArrayList<String>();
            for (var next = out.readLine(); next != null; next = out.readLine()) {
                lines.add(next);
                if (next.contains(line)) {
                    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
                    line = "\n"; // once
                }
            }
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            return new Interrupted(process.exitValue(), lines);
        } finally {
            process.destroyForcibly();
        }
    }
}

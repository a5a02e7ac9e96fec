package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisabledOnOs(OS.WINDOWS)
class CourseCommandTest {

    private final Sandbox sandbox = Sandbox.usual();

    @AfterEach
    void remove() {
        sandbox.close();
    }

    /** The shells of this machine that may stand behind /bin/sh somewhere. */
    static Stream<String> shells() {
        return Stream.of("/bin/sh", "/bin/dash", "/bin/bash", "/bin/ksh", "/bin/busybox").filter(shell -> Files.exists(Path.of(shell)));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void argumentsPassUnharmedIn(String shell) {
        var words = new ArrayList<>(shell.endsWith("busybox") ? List.of(shell, "sh") : List.of(shell));
        words.addAll(List.of(sandbox.clone.resolve("jbang").toString(), "lesson02", "two words", "it's \"so\"", "", "*", "$HOME `id` \\",
                "grüße 日本", "-x", "two\nlines", "@file"));
        for (var start : List.of("cold", "warm")) {
            var out = sandbox.command(sandbox.clone, words).run("").out();
            assertTrue(out.endsWith("""
                    count=10
                    1=[lesson02]
                    2=[two words]
                    3=[it's "so"]
                    4=[]
                    5=[*]
                    6=[$HOME `id` \\]
                    7=[grüße 日本]
                    8=[-x]
                    9=[two
                    lines]
                    10=[@file]
                    """), start + ":\n" + out);
        }
    }

    @Test
    void theExitCodeAndTheInputPass() {
        sandbox.with("EXITS", 42).with("READS_INPUT", 1);
        for (var start : List.of("cold", "warm")) {
            var run = sandbox.in(sandbox.clone, "verify").run("hello");
            assertEquals(42, run.exit(), start);
            assertEquals("hello", run.value("input"), start);
        }
    }

    @Test
    void theProgramTakesTheLaunchersPlaceSoThatSignalsReachIt() {
        for (var start : List.of("cold", "warm")) {
            var run = sandbox.jbang("lesson02");
            assertEquals(run.value("pid"), String.valueOf(run.pid()), start);
        }
    }

    @Test
    void theProgramLearnsWhereTheCourseIsAndHowToCallJbangAgain() {
        var run = sandbox.jbang("lesson02");
        assertEquals(sandbox.clone.toString(), run.value("root"));
        assertEquals(sandbox.clone.resolve("jbang").toString(), run.value("again"));
    }

    @Test
    void withoutAWordTheHomeScreenIsShown() {
        assertEquals("[course]", sandbox.jbang().value("1"));
    }
}

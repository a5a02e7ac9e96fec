package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The launcher in every shell that this machine has of those that may be /bin/sh: dash, bash, BusyBox' and mksh, which is near to macOS' and OpenBSD's. */
@DisabledOnOs(OS.WINDOWS)
class ShellsTest {

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    static List<List<String>> shells() {
        return Stream.of(List.of("/bin/sh"), List.of("/bin/dash"), List.of("/bin/bash", "--posix"), List.of(BUSYBOX.toString(), "sh"), List.of("/bin/mksh"))
            .filter(shell -> Files.isExecutable(Path.of(shell.getFirst()))).toList();
    }

    @ParameterizedTest
    @MethodSource("shells")
    @DisplayName("cold, warm, after an edit, with words that hurt, with help and with a wrong word")
    void everyShell(List<String> shell) throws Exception {
        try (var sandbox = Sandbox.usual()) {
            goesThrough(sandbox, shell);
        }
    }

    /** Without the options of GNU's tools, and without those that not every system has, as {@code cksum}. */
    @ParameterizedTest
    @MethodSource("shells")
    @DisplayName("the same with no tools on the PATH but BusyBox'")
    void onlyBusyBox(List<String> shell) throws Exception {
        if (!Files.isExecutable(BUSYBOX)) {
            return;
        }
        try (var sandbox = Sandbox.usual()) {
            replaceTools(sandbox.bin);
            goesThrough(sandbox, shell);
            assertTrue(run(sandbox.with("COURSE_AOT", "wait"), shell, "lesson02").value("cache").endsWith(".aot"));
            assertFalse(Files.exists(sandbox.stored().resolveSibling("Course.train")));
        }
    }

    private static void goesThrough(Sandbox sandbox, List<String> shell) throws Exception {
        for (var time = 1; time <= 2; time++) {
            var run = run(sandbox, shell, "lesson02", "two words", "it's", "a*[b]?");
            assertEquals(List.of("4", "[lesson02]", "[two words]", "[it's]", "[a*[b]?]"),
                List.of(run.value("count"), run.value("1"), run.value("2"), run.value("3"), run.value("4")), run.err());
            assertEquals("", run.err());
        }
        assertEquals(1, sandbox.callsOf("dev.jbang.Main run"), "the second is warm");
        var source = sandbox.clone.resolve("engine/lab/Server.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        assertEquals("[lesson02]", run(sandbox, shell, "lesson02").value("1"));
        assertEquals(2, sandbox.callsOf("dev.jbang.Main run"), "an edit is noticed");
        var help = run(sandbox, shell, "help");
        assertTrue(help.out().contains("For learners\n") && help.out().contains("  doctor "), help.out() + help.err());
        var wrong = run(sandbox, shell, "verfy");
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().startsWith("jbang: unknown command \"verfy\"; did you mean verify?"), wrong.err());
    }

    private static Run run(Sandbox sandbox, List<String> shell, String... words) {
        var command = new ArrayList<>(shell);
        command.add(sandbox.clone.resolve("jbang").toString());
        command.addAll(List.of(words));
        return sandbox.command(sandbox.clone, command).run("");
    }

    private static void replaceTools(Path bin) throws IOException {
        try (var tools = Files.list(bin)) {
            for (var tool : (Iterable<Path>) tools.filter(Files::isSymbolicLink)::iterator) {
                Files.delete(tool);
                if (!tool.getFileName().toString().matches("nice|shasum|openssl")) {
                    Files.createSymbolicLink(tool, BUSYBOX);
                }
            }
        }
    }
}

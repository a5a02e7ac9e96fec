package lab.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import lab.Child;
import lab.OpenLab;
import lab.Progress;
import lab.Sql;
import lab.os.Folders;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the end of a run leaves, however it comes, and what the next run makes of it. */
class EndOfRunTest {
    private static final long TIMEOUT_MS = 30_000;

    @Test
    @DisplayName("closing a lab leaves neither a server nor its folder")
    void closed() throws Exception {
        Path data;
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            data = Path.of(Sql.value(lab.server().admin(), "select current_setting('data_directory')"));
            assertTrue(Files.exists(data));
        }
        assertFalse(Files.exists(data), data + " should be gone");
        assertEquals(0, serversOn(data));
    }

    @ParameterizedTest(name = "a JVM that ends by {0} leaves neither a server nor its folder")
    @ValueSource(strings = {"kill -9", "Ctrl-C", "an exception"})
    void nothingIsLeftBehind(String how) throws Exception {
        var ending = how.equals("an exception") ? "throw" : "wait";
        try (var child = Child.start(OpenLab.class, Map.of(), "embedded", ending)) {
            var data = Path.of(child.line());
            switch (how) {
                case "kill -9" -> child.kill();
                case "Ctrl-C" -> child.interrupt();
                default -> child.exitCode();
            }
            awaitTrue(data + " is gone", () -> !Files.exists(data));
            awaitTrue("no server runs on " + data, () -> serversOn(data) == 0);
        }
    }

    @Test
    @DisplayName("what the guard could not clean, the next start does")
    void orphans() throws Exception {
        try (var child = Child.start(OpenLab.class, Map.of(), "embedded", "wait")) {
            var data = Path.of(child.line());
            guardOf(data).destroyForcibly();
            child.kill();
            child.exitCode();
            assertTrue(serversOn(data) > 0, "the server should have lost its guard and still run");
            try (var next = Providers.open("embedded", Progress.SILENT)) {
                assertTrue(next.server().major() >= 15);
                awaitTrue("no server runs on " + data, () -> serversOn(data) == 0);
                assertFalse(Files.exists(data));
            }
        }
    }

    @Test
    @DisplayName("a damaged template is noticed and made again")
    void damagedTemplate() throws Exception {
        var cache = Files.createTempDirectory("course-cache-");
        Files.setPosixFilePermissions(cache, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            var environment = Map.of("COURSE_CACHE", cache.toString());
            Path first;
            try (var child = Child.start(OpenLab.class, environment, "local", "throw")) {
                first = Path.of(child.line());
                child.exitCode();
            }
            var store = first.getParent().getParent();
            awaitTrue("a spare is there or was never made", () -> !Files.exists(first));
            for (var entry : Folders.startingWith(store, "")) {
                var control = entry.resolve("data/global/pg_control");
                if (Files.exists(control)) {
                    Files.writeString(control, "damaged");
                }
            }
            try (var child = Child.start(OpenLab.class, environment, "local", "throw")) {
                assertTrue(child.line().startsWith(store.toString()));
                child.exitCode();
            }
        } finally {
            Folders.delete(cache);
        }
    }

    private static long serversOn(Path data) {
        return ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains("-D " + data)
                && process.info().command().orElse("").endsWith("/postgres")).count();
    }

    private static ProcessHandle guardOf(Path data) {
        return ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains("course-guard " + data.getParent()))
            .findFirst().orElseThrow();
    }

    private static void awaitTrue(String what, Callable<Boolean> condition) throws Exception {
        var end = System.currentTimeMillis() + TIMEOUT_MS;
        while (!condition.call()) {
            assertTrue(System.currentTimeMillis() < end, "not so after " + TIMEOUT_MS + " ms: " + what);
            Thread.sleep(20);
        }
    }
}

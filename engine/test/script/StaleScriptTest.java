package script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lab.os.Folders;
import launcher.RealJbang;
import lesson.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lesson that was compiled before the engine changed must run against the engine of today. */
class StaleScriptTest {
    private static final String LESSON = """
        //JAVA 25+
        //DEPS ../../engine/Course.java
        import static script.Script.*;

        void main(String... args) throws Exception {
            begin("01-stale", args);
            step("only");                    // tag::only[]
            show("the engine is " + engine());
            // end::only[]
        }
        """;
    private static final int SECONDS = 240;
    private Path clone;
    private Path cache;

    /** With a cache of its own, because one {@code ./jbang} waits until another has compiled into the same, for minutes on a busy machine. */
    @BeforeEach
    void makeClone() throws IOException {
        cache = Files.createTempDirectory("course-cache-");
        var jbang = RealJbang.find();
        if (jbang.isPresent()) {
            Files.createDirectory(cache.resolve("launcher"));
            Files.copy(jbang.get(), cache.resolve("launcher").resolve(RealJbang.JAR));
        }
        clone = Files.createTempDirectory("course-clone-");
        var home = Home.here().root();
        for (var part : List.of("engine", "jbang", "jbang-catalog.json")) {
            if (Files.isDirectory(home.resolve(part))) {
                Folders.copy(home.resolve(part), clone.resolve(part));
            } else {
                Files.copy(home.resolve(part), clone.resolve(part), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createDirectories(clone.resolve("lessons/01-stale"));
        Files.writeString(clone.resolve("lessons/01-stale/lesson01.java"), LESSON);
        engineSays("public static String engine() { return \"old\"; }");
    }

    @AfterEach
    void removeClone() throws IOException {
        Folders.delete(clone);
        Folders.delete(cache);
    }

    @Test
    @Timeout(4 * SECONDS)
    @DisplayName("a lesson meets the engine of today, by its alias and started as a file, after the engine's signatures changed")
    void engineChanges() throws Exception {
        assertShows("the engine is old", "lesson01");
        assertShows("the engine is old", "lessons/01-stale/lesson01.java");
        // The old class calls step(String), which is gone; the old source still compiles.
        engineSays("public static String engine(Object... now) { return \"new\"; }");
        var script = clone.resolve("engine/script/Script.java");
        Files.writeString(script, Files.readString(script)
            .replace("public static void step(String id) {", "public static void step(String id, Object... more) {"));
        assertShows("the engine is new", "lesson01");
        assertShows("the engine is new", "lessons/01-stale/lesson01.java");
    }

    private void engineSays(String method) throws IOException {
        var script = clone.resolve("engine/script/Script.java");
        var source = Files.readString(script).replaceAll("\n    public static String engine\\(.*", "");
        Files.writeString(script, source.replace("    private Script() { }", "    private Script() { }\n    " + method));
    }

    private void assertShows(String expected, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(clone.resolve("jbang").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--no-pause", "--db", "embedded"));
        var printed = Files.createTempFile("course-printed-", ".txt");
        var builder = new ProcessBuilder(command).directory(clone.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("COURSE_ROOT", clone.toString());
        builder.environment().put("JBANG_CACHE_DIR", cache.toString());
        builder.environment().put("COURSE_NO_AOT", "1");
        var process = builder.start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> "still running: " + command);
        var text = Files.readString(printed);
        Files.delete(printed);
        assertEquals(0, process.exitValue(), text);
        assertTrue(text.contains(expected), text);
    }
}

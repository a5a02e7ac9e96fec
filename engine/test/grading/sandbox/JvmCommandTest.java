package grading.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The command line of a JVM in a sandbox")
class JvmCommandTest {
    private static final Path SOCKET = Path.of("/course/relay");
    @TempDir Path folder;

    private static List<String> end(String... command) {
        var words = JvmCommand.of(new ProcessBuilder(command), SOCKET).command();
        return words.subList(words.size() - 4, words.size());
    }

    @Test @DisplayName("runs the relay, and gives it the program to run, on a class path or in a module")
    void program() {
        assertEquals(List.of("a.jar", "grading.sandbox.Inside", "/course/relay", "some.Program"), end("java", "-classpath", "a.jar", "some.Program"));
        assertEquals(List.of("-m", "course/grading.sandbox.Inside", "/course/relay", "some.Program"), end("java", "-classpath", "a.jar", "-m", "course/some.Program"));
    }

    @Test @DisplayName("names the files that it needs, and no folder that an option happens to mention")
    void files() throws Exception {
        var names = List.of("a.jar", "b.jar", "c.jar", "d.aot", "e");
        for (var name : names) {
            Files.writeString(folder.resolve(name), "");
        }
        var paths = names.stream().map(name -> folder.resolve(name).toString()).toList();
        var files = JvmCommand.of(new ProcessBuilder("java", "-XX:AOTCache=" + paths.get(3), "-Dcourse.root=" + paths.get(4), "--module-path=" + paths.get(2),
            "-classpath", paths.get(0) + ":" + paths.get(1), "-m", "course/some.Program"), SOCKET).files();
        assertTrue(files.containsAll(paths.subList(0, 4).stream().map(Path::of).toList()), files.toString());
        assertFalse(files.contains(folder.resolve("e")), files.toString());
    }

    @Test @DisplayName("knows of the environment what an answer may know")
    void environment() {
        var builder = new ProcessBuilder("java", "-classpath", "a.jar", "some.Program");
        builder.environment().putAll(java.util.Map.of("LC_CTYPE", "C.UTF-8", "TOKEN", "secret", "HOME", "/home/somebody"));
        var environment = JvmCommand.of(builder, SOCKET).environment();
        assertEquals("C.UTF-8", environment.get("LC_CTYPE"));
        assertEquals(JvmCommand.HOME, environment.get("HOME"));
        assertFalse(environment.containsKey("TOKEN"));
    }
}

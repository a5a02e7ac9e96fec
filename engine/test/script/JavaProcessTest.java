package script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JavaProcessTest {
    private static final String GREETER = """
        public class Greeter {
            public static void main(String... args) throws Exception {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
                System.out.println(Words.HELLO + " " + System.getenv("NAME"));
                System.out.println("listening on 127.0.0.1:4711");
                Thread.sleep(100_000);
            }
        }
        """;
    @TempDir Path folder;
    @TempDir Path classes;

    @BeforeEach void sources() throws IOException {
        Files.writeString(folder.resolve("Greeter.java"), GREETER);
        Files.writeString(folder.resolve("Words.java"), "class Words { static final String HELLO = \"hello\"; }");
    }

    private JavaProcess greeter() {
        return JavaProcess.start(folder, folder.resolve("Greeter.java"), classes, Map.of("NAME", "Ann"));
    }

    @Test void itRunsWithWhatItsFolderHasAndIsToldItsEnvironment() {
        try (var greeter = greeter()) {
            assertEquals(4711, greeter.port());
            assertEquals(List.of("hello Ann"), greeter.said("hello"));
        }
    }

    @Test void askedToStopItEndsInOrderAndSaysWhatItSaysLast() throws Exception {
        try (var greeter = greeter()) {
            greeter.port();
            assertEquals(143, greeter.stop());
            assertEquals(List.of("goodbye"), greeter.said("goodbye"));
        }
    }

    @Test void killedItEndsAtOnce() throws Exception {
        try (var greeter = greeter()) {
            greeter.port();
            greeter.kill();
            assertFalse(greeter.isAlive());
            assertEquals(List.of(), greeter.said("goodbye"));
        }
    }

    @Test void aProgramThatEndsBeforeItListensIsReportedWithItsWords() throws Exception {
        Files.writeString(folder.resolve("Greeter.java"), GREETER.replace("\"listening", "\"not listening").replace("100_000", "0"));
        try (var greeter = greeter()) {
            var failure = assertThrows(IllegalStateException.class, greeter::port);
            assertTrue(failure.getMessage().contains("ended with") && failure.getMessage().contains("hello Ann"), failure.getMessage());
        }
    }

    @Test void aScriptHasTheLibrariesSourcesAndFilesThatItNamesAndNothingOfTheCourse() throws Exception {
        Files.writeString(folder.resolve("words.txt"), "moin");
        Files.createDirectories(folder.resolve("else"));
        Files.writeString(folder.resolve("else/More.java"), "class More { static final Object NONE = org.slf4j.helpers.NOPLogger.NOP_LOGGER; }");
        Files.writeString(folder.resolve("Greeter.java"), "//DEPS org.slf4j:slf4j-api:2.0.20\n//SOURCES else/More.java\n//FILES words.txt\n"
            + GREETER.replace("Words.HELLO +", "More.NONE.getClass().getSimpleName() + isThere(\"script.JavaProcess\") + isThere(\"words.txt\") +")
                .replace("    public static void main", """
                        static boolean isThere(String name) {
                            var loader = Greeter.class.getClassLoader();
                            return loader.getResource(name) != null || loader.getResource(name.replace('.', '/') + ".class") != null;
                        }
                        public static void main"""));
        try (var greeter = greeter()) {
            assertEquals(4711, greeter.port());
            assertEquals(List.of("NOPLoggerfalsetrue Ann"), greeter.said("NOP"));
        }
    }

    @Test void aProgramThatDoesNotCompileIsReportedWithTheCompilersWords() throws Exception {
        Files.writeString(folder.resolve("Words.java"), "class Words { }");
        var failure = assertThrows(IllegalStateException.class, this::greeter);
        assertTrue(failure.getMessage().contains("cannot find symbol"), failure.getMessage());
    }
}

package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The whole way with the pinned jbang and this JDK, in a path that hurts, without network. */
@DisabledOnOs(OS.WINDOWS)
class RealJbangTest {

    private final Sandbox sandbox = new Sandbox("Übung it's 日本");

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @Test
    void aStaleProgramNeverMeetsANewerEngine() throws Exception {
        prepare();
        for (var word : List.of("first", "second", "third")) {
            engineThatSays(word);
            for (var start : List.of("cold", "warm")) {
                var run = sandbox.jbang("lesson02", "zwei Wörter");
                assertEquals(word + " [lesson02, zwei Wörter]\n", run.out(), start + ": " + run.err());
            }
        }
    }

    @Test
    void theLocaleCDoesNotHideTheClone() throws Exception {
        prepare();
        engineThatSays("hello");
        sandbox.with("LC_ALL", "C");
        assertEquals("hello [lesson02, zwei Wörter]\n", sandbox.jbang("lesson02", "zwei Wörter").out());
    }

    /** One test, because a cache takes longer to train than all else here together. */
    @Test
    void aRealCacheIsTrainedAndUsedAndAnUnsuitableOneIsNotTheLearnersBusiness() throws Exception {
        prepare();
        engineThatSays("hello");
        var first = sandbox.with("COURSE_AOT", "wait").jbang("lesson02");
        assertEquals("hello [lesson02]\n", first.out());
        try (var files = Files.list(sandbox.stored().getParent())) {
            var cache = files.filter(file -> file.toString().endsWith(".aot") && file.toFile().length() > 1_000_000).findFirst();
            Files.writeString(cache.orElseThrow(() -> new AssertionError("no cache: " + first.err())), "no cache at all");
        }
        var run = sandbox.jbang("lesson02");
        assertEquals("hello [lesson02]\n", run.out());
        assertEquals("", run.err());
    }

    @Test
    void anInstalledJbangRunsTheSameCommandFromAFolderOfTheClone() throws Exception {
        prepare();
        engineThatSays("hello");
        var jbang = RealJbang.installed(sandbox);
        var plain = sandbox.command(sandbox.clone.resolve("engine/lab"), List.of(jbang.toString(), "lesson02", "zwei Wörter")).run("");
        assertEquals("hello [lesson02, zwei Wörter]\n", plain.out(), plain.err());
        assertEquals(plain.out(), sandbox.jbang("lesson02", "zwei Wörter").out());
    }

    private void prepare() throws Exception {
        Files.createDirectories(sandbox.cache());
        Files.copy(RealJbang.jar(), sandbox.cache().resolve("jbang-cli-0.132.1-all.jar"));
        sandbox.with("JAVA_HOME", Path.of(System.getProperty("java.home")));
    }

    private void engineThatSays(String word) {
        Disk.write(sandbox.clone.resolve("engine/Course.java"), """
                //JAVA 25+
                //RUNTIME_OPTIONS -XX:+UseSerialGC
                // <sources>
                //SOURCES lab/Server.java
                // </sources>
                class Course {
                    public static void main(String... words) {
                        System.out.println(lab.Server.WORD + " " + java.util.List.of(words));
                    }
                }
                """);
        Disk.write(sandbox.clone.resolve("engine/lab/Server.java"), """
                package lab;
                public class Server {
                    public static final String WORD = String.valueOf("%s");
                }
                """.formatted(word));
    }
}

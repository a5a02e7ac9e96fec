package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When jbang's last answer is used again, and when it must not be. */
@DisabledOnOs(OS.WINDOWS)
class StoredLineTest {

    private final Sandbox sandbox = Sandbox.usual();

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @Test
    void aWarmStartDoesNotAskJbang() {
        sandbox.jbang("lesson02");
        sandbox.jbang("lesson03", "--list");
        assertEquals("[verify]", sandbox.jbang("verify", "02.1").value("1"));
        assertEquals(1, asked());
    }

    @Test
    void theBookHasACommandLineOfItsOwn() {
        sandbox.jbang("lesson02");
        assertEquals("Book", sandbox.jbang("docs").value("program"));
        assertEquals("Course", sandbox.jbang("lesson02").value("program"));
        assertEquals(2, asked());
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine/Course.java", "engine/lab/Server.java", "engine/lab/New.java", "engine/launcher/setup.sh",
        "jbang-catalog.json", "jbang"})
    void anEditMeansJbangIsAskedAgain(String file) throws Exception {
        sandbox.jbang("lesson02");
        edit(sandbox.clone.resolve(file));
        sandbox.jbang("lesson02");
        assertEquals(2, asked());
    }

    @Test
    void aSourceThatIsPutBackWithItsOldDateIsNoticed() throws Exception {
        var oldDate = FileTime.from(Instant.now().minusSeconds(100_000));
        sandbox.jbang("lesson02");
        var source = sandbox.clone.resolve("engine/lab/Server.java");
        try (var file = new RandomAccessFile(source.toFile(), "rw")) {
            file.writeByte('/');
        }
        Files.setLastModifiedTime(source, oldDate);
        sandbox.jbang("lesson02");
        assertEquals(2, asked());
    }

    @Test
    void aRemovedSourceMeansJbangIsAskedAgain() throws Exception {
        sandbox.jbang("lesson02");
        Files.delete(sandbox.clone.resolve("engine/lab/Server.java"));
        Files.setLastModifiedTime(sandbox.clone.resolve("engine/lab"), FileTime.from(Instant.now().plusSeconds(2)));
        sandbox.jbang("lesson02");
        assertEquals(2, asked());
    }

    @Test
    void anEditedTestDoesNot() throws Exception {
        sandbox.jbang("lesson02");
        edit(sandbox.clone.resolve("engine/test/lab/ServerTest.java"));
        sandbox.jbang("lesson02");
        edit(sandbox.clone.resolve("engine/test/lab/ServerTest.java"));
        sandbox.jbang("lesson02");
        assertTrue(asked() <= 2, "the new folder engine/test counts once, a test in it never");
    }

    @Test
    void aVanishedJarMeansJbangIsAskedAgain() throws Exception {
        sandbox.jbang("lesson02");
        Files.delete(sandbox.folder.resolve("a jar of Course.jar"));
        sandbox.jbang("lesson02");
        assertEquals(2, asked());
    }

    @Test
    void anUpdatedJdkMeansJbangIsAskedAgain() {
        sandbox.jbang("lesson02");
        sandbox.jdk(sandbox.folder.resolve("jdk 25"), "25.0.4");
        sandbox.jbang("lesson02");
        assertEquals(2, asked());
    }

    @Test
    void anEngineThatDoesNotCompileIsNeverReplacedByItsOlderSelf() throws Exception {
        sandbox.jbang("lesson02");
        edit(sandbox.clone.resolve("engine/Course.java"));
        sandbox.with("JBANG_FAILS", "Course.java:7: error: ';' expected");
        for (var time = 1; time <= 2; time++) {
            var run = sandbox.jbang("lesson02");
            assertEquals(2, run.exit());
            assertEquals("", run.out());
            assertEquals("Course.java:7: error: ';' expected\njbang: jbang could not prepare engine/Course.java; what it said stands above\n", run.err());
        }
    }

    @Test
    void aFirstRunThatFailsSaysThatItNeedsANetwork() {
        var run = sandbox.with("JBANG_FAILS", "Could not resolve dependencies").jbang("lesson02");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("the first run fetches libraries from Maven Central and needs a network"), run.err());
    }

    private long asked() {
        return sandbox.callsOf("dev.jbang.Main run");
    }

    private static void edit(Path file) throws Exception {
        var executable = Files.isExecutable(file);
        Disk.write(file, (Files.exists(file) ? Files.readString(file) : "") + "\n");
        file.toFile().setExecutable(executable);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
    }
}

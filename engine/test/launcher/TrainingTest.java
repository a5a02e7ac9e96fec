package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The AOT cache of the course program: made once, behind the learner's back, never for another program. */
@DisabledOnOs(OS.WINDOWS)
class TrainingTest {

    private static final String TRAINING = "AOTCacheOutput";
    private static final String WORKERS = ".worker.aot";
    private final Sandbox sandbox = Sandbox.usual();

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @Test
    void theCacheIsTrainedOnceTheLearnersProgramHasEndedAndUsedFromThenOn() throws IOException {
        sandbox.without("CI").with("READS_INPUT", 1);
        var program = sandbox.in(sandbox.clone, "lesson02").start(sandbox.folder.resolve("out"), sandbox.folder.resolve("err"));
        await("the program", () -> Disk.read(sandbox.folder.resolve("out")).contains("1=[lesson02]"));
        assertEquals(0, sandbox.callsOf(TRAINING), "while the program runs");
        program.getOutputStream().close();
        Command.exitOf(program);
        await("the cache", () -> cache().isPresent() && !Files.exists(lock()));
        assertEquals(cache().orElseThrow().toString(), sandbox.jbang("lesson02").value("cache"));
        assertEquals(2, sandbox.callsOf(TRAINING));
        assertEquals(1, sandbox.callsOf(" Course train host"));
        assertEquals(1, sandbox.callsOf(" Course train notebook"));
        assertEquals(1, sandbox.callsOf(" Course train worker"));
        assertEquals("cache\n", Disk.read(cache().orElseThrow()));
        assertEquals("cache of a worker\n", Disk.read(workersCache().orElseThrow()));
    }

    @Test
    void onABuildServerNothingIsTrainedBehindTheBack() throws IOException {
        sandbox.jbang("lesson02");
        sandbox.without("CI").with("COURSE_NO_AOT", 1).jbang("lesson02");
        assertFalse(Disk.read(sandbox.folder.resolve("calls.txt")).contains(TRAINING));
    }

    @Test
    void askedToWaitTheCacheIsThereForTheFirstRun() {
        sandbox.with("COURSE_AOT", "wait");
        assertTrue(sandbox.jbang("lesson02").value("cache").endsWith(".aot"));
        assertTrue(sandbox.with("COURSE_NO_AOT", 1).jbang("lesson02").out().startsWith("java="), "switched off");
    }

    @Test
    void anotherProgramNeverGetsTheOldCache() throws Exception {
        sandbox.with("COURSE_AOT", "wait").jbang("lesson02");
        var old = cache().orElseThrow();
        sandbox.jdk(sandbox.folder.resolve("jdk 25"), "25.0.4");
        assertFalse(sandbox.without("COURSE_AOT").jbang("lesson02").out().contains("cache="));
        assertFalse(Files.exists(old));
    }

    @Test
    void aTrainingThatFailsIsNotRepeated() {
        sandbox.with("COURSE_AOT", "wait").with("TRAINING_FAILS", 1);
        for (var time = 1; time <= 2; time++) {
            assertTrue(sandbox.jbang("lesson02").out().startsWith("java="));
        }
        assertEquals(2, sandbox.callsOf(TRAINING));
    }

    @Test
    void whatTimesTheLearnersRunDoesNotTimeTheTraining() {
        sandbox.with("COURSE_AOT", "wait").with("COURSE_STOPWATCH", sandbox.folder.resolve("gone/stopwatch.txt"));
        assertTrue(sandbox.jbang("lesson02").value("cache").endsWith(".aot"));
        assertEquals("cache of a worker\n", Disk.read(workersCache().orElseThrow()));
    }

    @Test
    void theNotebookHasACacheOfItsOwn() {
        sandbox.with("COURSE_AOT", "wait").jbang("lesson02");
        assertTrue(sandbox.jbang("notebook").value("cache").endsWith(".notebook.aot"));
        assertFalse(sandbox.jbang("lesson02").value("cache").endsWith(".notebook.aot"));
    }

    @Test
    void theLockOfADeadTrainerIsTakenOver() {
        sandbox.jbang("lesson02");
        Disk.write(lock().resolve("pid"), "99999999\n");
        Disk.write(lock().resolve("aot"), "half of i");
        assertTrue(sandbox.with("COURSE_AOT", "wait").jbang("lesson02").value("cache").endsWith(".aot"));
        assertEquals("cache\n", Disk.read(cache().orElseThrow()));
    }

    private Path lock() {
        return sandbox.stored().resolveSibling("Course.train");
    }

    private Optional<Path> cache() {
        return fileThat(name -> name.matches(".*\\.\\d+\\.aot"));
    }

    /** It is found by its name: that of the host's cache, with another ending. */
    private Optional<Path> workersCache() {
        return cache().map(host -> host.resolveSibling(host.getFileName().toString().replaceFirst("\\.aot$", WORKERS)));
    }

    private Optional<Path> fileThat(Predicate<String> fits) {
        try (var files = Files.list(sandbox.stored().getParent())) {
            return files.filter(file -> fits.test(file.getFileName().toString())).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String what, BooleanSupplier there) {
        for (var tries = 0; !there.getAsBoolean(); tries++) {
            assertTrue(tries < 300, "waited 30 s for " + what);
            LockSupport.parkNanos(100_000_000);
        }
    }
}

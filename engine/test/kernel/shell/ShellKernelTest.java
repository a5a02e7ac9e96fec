package kernel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.cell.VirtualThreads;
import kernel.output.Output;
import lab.Lab;
import lab.LabException;
import lab.Progress;
import lab.Role;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts, with whatever client tools this machine has. */
class ShellKernelTest {
    private static final long TIMEOUT_S = 20;
    private static Lab lab;
    @TempDir private Path folder;
    private ShellKernel kernel;
    private final StringBuffer printed = new StringBuffer();
    private final List<Output> outputs = new CopyOnWriteArrayList<>();
    private final CellListener listener = new CellListener() {
        @Override public void shown(Output output) {
            outputs.add(output);
        }

        @Override public void printed(String stream, String text) {
            printed.append(stream).append(':').append(text);
        }
    };

    @BeforeAll static void open() {
        lab = Providers.open("embedded", Progress.SILENT);
    }

    @AfterAll static void shut() {
        lab.close();
    }

    @BeforeEach void begin() {
        kernel = new ShellKernel(lab.server(), lab.lessonDatabase(), folder);
    }

    private CellResult run(String script) throws InterruptedException {
        return kernel.run(new Cell("scratch-1", Cell.Language.SHELL, script, Role.OWNER, "", ""), listener);
    }

    private CompletableFuture<CellResult> start(String script) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run(script);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, Thread.ofVirtual()::start);
    }

    @Test void whoWaitsForAScriptToPrintIsNoVirtualThread() throws Exception {
        var running = start("echo begun; sleep 60");
        awaitPrinted("begun");
        assertEquals(List.of(), VirtualThreads.atPipes(folder));
        kernel.stop();
        assertInstanceOf(CellResult.Stopped.class, running.get(TIMEOUT_S, TimeUnit.SECONDS));
    }

    @Test void aScriptPrintsAndItsFilesAreThereForTheNext() throws Exception {
        assertInstanceOf(CellResult.Done.class, run("echo one >kept; echo said"));
        assertInstanceOf(CellResult.Done.class, run("cat kept; echo wrong >&2"));
        assertTrue(printed.toString().contains("out:said\n") && printed.toString().contains("out:one\n") && printed.toString().contains("err:wrong\n"), printed.toString());
    }

    @Test void theFirstCommandThatFailsEndsItAndTheExitCodeIsSaid() throws Exception {
        assertInstanceOf(CellResult.Failed.class, run("(exit 3)\necho never"));
        assertEquals(List.of(new Output.Text("The script ended with exit code 3.")), outputs);
        assertFalse(printed.toString().contains("never"));
    }

    @Test void theToolsConnectAsTheRoleByThemselvesOrWhatIsMissingIsSaid() throws Exception {
        var cellResult = run("psql -Atc 'select current_user, current_database()'");
        if (has("psql")) {
            assertInstanceOf(CellResult.Done.class, cellResult, outputs::toString);
            assertEquals("out:course_owner|course_lesson\n", printed.toString());
        } else {
            assertTrue(outputs.toString().contains("no psql here"), outputs.toString());
        }
    }

    @Test void aToolThatIsTooOldForTheServerIsNotStarted() throws Exception {
        var cellResult = run("pg_dump --schema-only >dump.sql");
        if (has("pg_dump")) {
            assertInstanceOf(CellResult.Done.class, cellResult, outputs::toString);
        } else {
            var skipped = (Output.Skipped) outputs.getFirst();
            assertTrue(skipped.reason().matches("no pg_dump .*(or use --db docker)"), skipped.reason());
            assertFalse(folder.resolve("dump.sql").toFile().exists());
        }
    }

    @Test void aScriptIsStoppedWithAllThatItStarted() throws Exception {
        var running = start("sleep 600 & echo $! ready; wait");
        awaitPrinted("ready");
        var sleeper = Long.parseLong(printed.toString().replaceAll("\\D", ""));
        kernel.stop();
        assertInstanceOf(CellResult.Stopped.class, running.get(TIMEOUT_S, TimeUnit.SECONDS));
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (ProcessHandle.of(sleeper).filter(ProcessHandle::isAlive).isPresent() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertFalse(ProcessHandle.of(sleeper).filter(ProcessHandle::isAlive).isPresent(), "sleep is gone");
    }

    @Test void aFloodIsCutAndSaidToBe() throws Exception {
        assertInstanceOf(CellResult.Done.class, run("head -c 5000000 /dev/zero | tr '\\0' x"));
        assertTrue(printed.length() < 2_000_000);
        assertTrue(printed.toString().contains("the rest is not shown"));
    }

    private void awaitPrinted(String text) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (!printed.toString().contains(text) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertTrue(printed.toString().contains(text), printed.toString());
    }

    private static boolean has(String tool) {
        try {
            lab.server().tools().command(tool, List.of());
            return true;
        } catch (LabException e) {
            return false;
        }
    }
}

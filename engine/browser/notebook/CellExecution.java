package browser.notebook;

import browser.http.Events;
import browser.runtime.CellNames;
import browser.runtime.Kernels;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.CellResult;
import kernel.output.Output;

/** Runs a cell whose turn it is, from its beginning to its end, and tells the windows. The notebook's lock guards the cells. */
final class CellExecution {
    private final Object lock;
    private final Events events;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final CellQueues queues;
    private final Staleness staleness;
    private final Recovery recovery;
    private final HealthMonitor health;
    private int runs;

    CellExecution(Object lock, Events events, SessionStatus status, ActiveKernel activeKernel, NotebookRuntime runtime, CellQueues queues, Staleness staleness,
            Recovery recovery, HealthMonitor health) {
        this.lock = lock;
        this.events = events;
        this.status = status;
        this.activeKernel = activeKernel;
        this.runtime = runtime;
        this.queues = queues;
        this.staleness = staleness;
        this.recovery = recovery;
        this.health = health;
    }

    /** @return how it ended */
    CellStatus run(NotebookCell notebookCell) {
        Kernels kernels;
        Cell cell;
        int generation;
        synchronized (lock) {
            if (notebookCell.status != CellStatus.QUEUED) {
                return CellStatus.STOPPED;
            }
            kernels = runtime.ensureStarted();
            generation = runtime.generation();
            cell = begin(notebookCell);
        }
        var sink = new CellOutputSink(notebookCell, lock, events, () -> runtime.isCurrent(generation));
        var names = Staleness.read(cell);
        kernels.await(cell.language());
        var start = System.nanoTime();
        var cellResult = isStopped(notebookCell) ? new CellResult.Stopped() : run(kernels, cell, sink);
        if (cellResult instanceof CellResult.Lost(String why)) {
            sink.shown(new Output.Failure("Gone", why, "", "", "", "", 0));
        }
        sink.end();
        var end = end(notebookCell, cell, cellResult, start, generation);
        updateStaleness(notebookCell, cell, names, generation);
        return end;
    }

    private Cell begin(NotebookCell notebookCell) {
        var cell = notebookCell.begin(++runs, queues.stops());
        events.tell("clear", Map.of("id", notebookCell.id), true);
        status.cell(notebookCell);
        activeKernel.cellBegan(notebookCell.language);
        return cell;
    }

    /** A stop does not reach a kernel that is still starting. */
    private boolean isStopped(NotebookCell notebookCell) {
        synchronized (lock) {
            return queues.isStopped(notebookCell);
        }
    }

    private static CellResult run(Kernels kernels, Cell cell, CellOutputSink sink) {
        try {
            return kernels.run(cell, sink);
        } catch (InterruptedException e) {
            return new CellResult.Stopped();
        } catch (RuntimeException e) {
            return new CellResult.Lost(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private CellStatus end(NotebookCell notebookCell, Cell cell, CellResult cellResult, long start, int generation) {
        synchronized (lock) {
            if (!runtime.isCurrent(generation)) {
                return CellStatus.STOPPED; // of a database that is gone
            }
            notebookCell.end(cellResult, (System.nanoTime() - start) / 1_000_000);
            if (notebookCell.status == CellStatus.DONE) {
                recovery.finished(cell);
            }
            status.cell(notebookCell);
            activeKernel.cellEnded(cell.language(), runtime::isJavaAlive);
        }
        tellSessions();
        health.checkAfter(cell, cellResult, generation);
        return notebookCell.status;
    }

    private void tellSessions() {
        var sessions = runtime.sessions();
        synchronized (lock) {
            status.sessions(sessions);
        }
    }

    /** The cell has given names a meaning, and so other cells may be stale now. */
    private void updateStaleness(NotebookCell notebookCell, Cell cell, CompletableFuture<CellNames> names, int generation) {
        var cellNames = names.join();
        synchronized (lock) {
            if (runtime.isCurrent(generation)) {
                staleness.ran(cell, notebookCell.run, cellNames);
            }
        }
    }
}

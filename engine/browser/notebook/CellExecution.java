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

/** Runs a cell whose turn it is, from its beginning to its end, and tells the windows. The notebook's lock guards the slots. */
final class CellExecution {
    private final Object lock;
    private final Events events;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final CellQueues queues;
    private final StalenessNotifier staleness;
    private final Recovery recovery;
    private final HealthMonitor health;
    private int runs;

    CellExecution(Object lock, Events events, SessionStatus tells, ActiveKernel activeKernel, NotebookRuntime runtime, CellQueues queues, StalenessNotifier staleness,
            Recovery recovery, HealthMonitor health) {
        this.lock = lock;
        this.events = events;
        this.status = tells;
        this.activeKernel = activeKernel;
        this.runtime = runtime;
        this.queues = queues;
        this.staleness = staleness;
        this.recovery = recovery;
        this.health = health;
    }

    /** @return how it ended */
    CellStatus run(NotebookCell notebookCell) {
        Kernels on;
        Cell cell;
        int when;
        synchronized (lock) {
            if (notebookCell.status != CellStatus.QUEUED) {
                return CellStatus.STOPPED;
            }
            on = runtime.ensureStarted();
            when = runtime.generation();
            cell = begin(notebookCell);
        }
        var cellOutputSink = new CellOutputSink(notebookCell, lock, events, () -> runtime.isCurrent(when));
        var names = StalenessNotifier.read(cell);
        on.await(cell.language());
        var start = System.nanoTime();
        var cellResult = isStopped(notebookCell) ? new CellResult.Stopped() : run(on, cell, cellOutputSink);
        if (cellResult instanceof CellResult.Lost(String why)) {
            cellOutputSink.shown(new Output.Failure("Gone", why, "", "", "", "", 0));
        }
        cellOutputSink.end();
        var how = end(notebookCell, cell, cellResult, start, when);
        updateStaleness(notebookCell, cell, names, when);
        return how;
    }

    private Cell begin(NotebookCell notebookCell) {
        var cell = notebookCell.begin(++runs, queues.stops());
        events.tell("clear", Map.of("id", notebookCell.id), true);
        status.cell(notebookCell);
        activeKernel.begins(notebookCell.language);
        return cell;
    }

    /** A kernel that is still starting has not heard of a stop. */
    private boolean isStopped(NotebookCell notebookCell) {
        synchronized (lock) {
            return queues.isStopped(notebookCell);
        }
    }

    private static CellResult run(Kernels on, Cell cell, CellOutputSink cellOutputSink) {
        try {
            return on.run(cell, cellOutputSink);
        } catch (InterruptedException e) {
            return new CellResult.Stopped();
        } catch (RuntimeException e) {
            return new CellResult.Lost(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private CellStatus end(NotebookCell notebookCell, Cell cell, CellResult cellResult, long start, int when) {
        synchronized (lock) {
            if (!runtime.isCurrent(when)) {
                return CellStatus.STOPPED; // of a database that is gone
            }
            notebookCell.end(cellResult, (System.nanoTime() - start) / 1_000_000);
            if (notebookCell.status == CellStatus.DONE) {
                recovery.finished(cell);
            }
            status.cell(notebookCell);
            activeKernel.ends(cell.language(), runtime.isJavaAlive());
        }
        tellSessions();
        health.checkAfter(cell, cellResult, when);
        return notebookCell.status;
    }

    private void tellSessions() {
        var now = runtime.sessions();
        synchronized (lock) {
            status.sessions(now);
        }
    }

    /** Which names the cell has given a meaning, and so which other cells are stale now. */
    private void updateStaleness(NotebookCell notebookCell, Cell cell, CompletableFuture<CellNames> names, int when) {
        var cellNames = names.join();
        synchronized (lock) {
            if (runtime.isCurrent(when)) {
                staleness.ran(cell, notebookCell.run, cellNames);
            }
        }
    }
}

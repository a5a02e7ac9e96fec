package browser.notebook;

import browser.http.Refusal;
import browser.runtime.LessonLab;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;

/** Replaces what cells run on by a fresh database and fresh kernels: because it has broken, or because the learner wants it. The notebook's lock guards it. */
final class Recovery {
    private final Object lock;
    private final NotebookCells notebookCells;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final CellQueues queues;
    private final Staleness staleness;
    /** What has run to its end on this database, in that order: a replay runs it again. */
    private final Map<String, Cell> finished = new LinkedHashMap<>();
    private boolean recovering;

    Recovery(Object lock, NotebookCells notebookCells, SessionStatus status, ActiveKernel activeKernel, NotebookRuntime runtime, CellQueues queues, Staleness staleness) {
        this.lock = lock;
        this.notebookCells = notebookCells;
        this.status = status;
        this.activeKernel = activeKernel;
        this.runtime = runtime;
        this.queues = queues;
        this.staleness = staleness;
    }

    /** Under the lock. */
    boolean isRecovering() {
        return recovering;
    }

    /** Under the lock. */
    void finished(Cell cell) {
        finished.put(cell.id(), cell);
    }

    /** Under the lock. */
    void forget(String cell) {
        finished.remove(cell);
    }

    /**
     * Starts over with a fresh database and fresh kernels. Returns at once.
     *
     * @param replay whether the cells that had run to their end run again, in order
     */
    void reset(boolean replay) {
        synchronized (lock) {
            if (recovering) {
                throw new Refusal(409, "the database is being replaced by a fresh one already");
            }
            recover(replay, replay ? "The finished cells run again, on a fresh database." : "");
        }
    }

    /** Returns at once. Under the lock. @param says why, to the learner; empty where that is known */
    void recover(boolean replay, String says) {
        recovering = true;
        runtime.nextGeneration();
        queues.cancelWaiting();
        notebookCells.all().stream().filter(notebookCell -> notebookCell.status == CellStatus.RUNNING).forEach(notebookCell -> {
            notebookCell.status = queues.isStopped(notebookCell) ? CellStatus.STOPPED : CellStatus.LOST;
            status.cell(notebookCell);
        });
        activeKernel.reset();
        status.database("resetting", "", "");
        status.kernel("starting", "");
        status.solved(says);
        var cells = replay ? List.copyOf(finished.values()) : List.<Cell>of();
        Thread.ofVirtual().name("recover").start(() -> {
            runtime.closeKernels();
            begin(runtime.server().renew(), cells, replay);
        });
    }

    private void begin(CompletableFuture<LessonLab> lab, List<Cell> cells, boolean replay) {
        synchronized (lock) {
            staleness.clear();
            finished.clear();
            notebookCells.all().stream().filter(notebookCell -> !replay || notebookCell.status == CellStatus.DONE).forEach(notebookCell -> {
                notebookCell.forget();
                status.cleared(notebookCell);
            });
            recovering = false;
            runtime.startOn(lab);
            replay(cells);
        }
    }

    private void replay(List<Cell> finishedCells) {
        var cells = finishedCells.stream().filter(cell -> notebookCells.has(cell.id())).toList();
        cells.forEach(cell -> notebookCells.get(cell.id()).replay = cell);
        activeKernel.replayBegan(!cells.isEmpty());
        queues.add(cells.stream().map(cell -> notebookCells.get(cell.id())).toList()).ifPresent(last -> last.thenAccept(end -> {
            synchronized (lock) {
                if (end != CellStatus.DONE) {
                    status.notice("warning", "Not all of the finished cells ran to their end again.");
                }
                activeKernel.replayEnded(runtime.isJavaAlive());
            }
        }));
    }
}

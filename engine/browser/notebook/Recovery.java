package browser.notebook;

import browser.http.Refusal;
import browser.runtime.LessonLab;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;

/** Puts a fresh database and fresh kernels in the place of what has broken under the cells, or been given up. The notebook's lock guards it. */
final class Recovery {
    private final Object lock;
    private final NotebookCells notebookCells;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final CellQueues queues;
    private final StalenessNotifier staleness;
    /** What has run to its end on this database, in that order: what a replay runs again. */
    private final Map<String, Cell> finished = new LinkedHashMap<>();
    private boolean recovering;

    Recovery(Object lock, NotebookCells notebookCells, SessionStatus tells, ActiveKernel activeKernel, NotebookRuntime runtime, CellQueues queues, StalenessNotifier staleness) {
        this.lock = lock;
        this.notebookCells = notebookCells;
        this.status = tells;
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
     * A fresh database, fresh kernels. Returns at once.
     *
     * @param replay whether the cells that had run to their end run again, in order
     */
    void reset(boolean replay) {
        synchronized (lock) {
            if (recovering) {
                throw new Refusal(409, "the database is being made anew already");
            }
            recover(replay, replay ? "The finished cells run again, on a fresh database." : "");
        }
    }

    /** Returns at once. Under the lock. @param says why, to the learner */
    void recover(boolean replay, String says) {
        recovering = true;
        runtime.nextGeneration();
        queues.cancelWaiting();
        notebookCells.all().stream().filter(notebookCell -> notebookCell.status == CellStatus.RUNNING).forEach(notebookCell -> {
            notebookCell.status = queues.isStopped(notebookCell) ? CellStatus.STOPPED : CellStatus.LOST;
            status.cell(notebookCell);
        });
        activeKernel.leave();
        status.database("resetting", "", "");
        status.kernel("starting", "");
        status.solved(says);
        var again = replay ? List.copyOf(finished.values()) : List.<Cell>of();
        Thread.ofVirtual().name("mend").start(() -> {
            runtime.closeKernels();
            begin(runtime.server().renew(), again, replay);
        });
    }

    private void begin(CompletableFuture<LessonLab> renewed, List<Cell> again, boolean replay) {
        synchronized (lock) {
            staleness.clear();
            finished.clear();
            notebookCells.all().stream().filter(notebookCell -> !replay || notebookCell.status == CellStatus.DONE).forEach(notebookCell -> {
                notebookCell.forget();
                status.cleared(notebookCell);
            });
            recovering = false;
            runtime.startOn(renewed);
            replay(again);
        }
    }

    private void replay(List<Cell> again) {
        var cells = again.stream().filter(cell -> notebookCells.has(cell.id())).toList();
        cells.forEach(cell -> notebookCells.get(cell.id()).replay = cell);
        activeKernel.replays(!cells.isEmpty());
        queues.add(cells.stream().map(cell -> notebookCells.get(cell.id())).toList()).ifPresent(last -> last.ended().thenAccept(how -> {
            synchronized (lock) {
                if (how != CellStatus.DONE) {
                    status.notice("warning", "Not all of the finished cells ran to their end again.");
                }
                activeKernel.replayed(runtime.isJavaAlive());
            }
        }));
    }
}

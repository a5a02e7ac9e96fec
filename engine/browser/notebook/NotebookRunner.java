package browser.notebook;

import browser.http.Events;
import browser.http.Refusal;
import browser.runtime.Kernels;
import java.util.List;
import java.util.Optional;
import lesson.Lesson;

/**
 * Runs the cells of a notebook: {@link CellQueues} give each its turn, {@link CellExecution} runs it on the {@link NotebookRuntime}.
 * The notebook's lock guards the cells; nothing that takes long is done under it.
 */
final class NotebookRunner implements AutoCloseable {
    private static final int HEALTH_CHECK_MS = 1_500;
    private final Object lock;
    private final NotebookCells notebookCells;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final CellQueues queues;
    private final Staleness staleness;
    private final Recovery recovery;
    private final CellExecution execution;
    private final ActivityBroadcast activity;
    private final RepeatingTask healthChecks;

    NotebookRunner(Lesson lesson, String db, Object lock, NotebookCells notebookCells, Events events) {
        this.lock = lock;
        this.notebookCells = notebookCells;
        this.status = new SessionStatus(events);
        this.activeKernel = new ActiveKernel(status);
        this.runtime = new NotebookRuntime(lesson, db, lock, status, activeKernel);
        this.queues = new CellQueues(lock, status, activeKernel, runtime, this::execute);
        this.staleness = new Staleness(notebookCells, status);
        this.recovery = new Recovery(lock, notebookCells, status, activeKernel, runtime, queues, staleness);
        var health = new HealthMonitor(lock, status, activeKernel, runtime, recovery);
        this.execution = new CellExecution(lock, events, status, activeKernel, runtime, queues, staleness, recovery, health);
        this.activity = new ActivityBroadcast(events, () -> runtime.kernels().flatMap(Kernels::activity));
        this.healthChecks = new RepeatingTask("health", HEALTH_CHECK_MS, events::isSeen, health::check);
    }

    /** A window has been opened, and is to be told when something dies. */
    void watchHealth() {
        healthChecks.start();
    }

    NotebookRuntime runtime() {
        return runtime;
    }

    Recovery recovery() {
        return recovery;
    }

    SessionStatus status() {
        return status;
    }

    Staleness staleness() {
        return staleness;
    }

    ActivityBroadcast activity() {
        return activity;
    }

    /** Whether no cell runs or waits. */
    boolean isIdle() {
        synchronized (lock) {
            return !recovery.isRecovering() && notebookCells.all().stream().noneMatch(notebookCell -> notebookCell.status.isBusy());
        }
    }

    /** Whether there is anything that would be lost with the database. */
    boolean hasRun() {
        synchronized (lock) {
            return notebookCells.all().stream().anyMatch(NotebookCell::hasRun);
        }
    }

    /**
     * Runs cells one after the other; what follows one that fails is not run. Returns at once.
     *
     * @throws Refusal while the database is being replaced
     */
    void run(List<String> ids) {
        runtime.ensureStarted();
        synchronized (lock) {
            if (recovery.isRecovering()) {
                throw new Refusal(409, "the database is being replaced by a fresh one; run the cell when that is done");
            }
            queues.add(ids.stream().map(notebookCells::get).toList());
        }
    }

    private CellStatus execute(NotebookCell notebookCell) {
        return execution.run(notebookCell);
    }

    /** Takes back what waits, and stops all that runs. Returns when it has stopped. */
    void stop() {
        Optional<Kernels> kernels;
        synchronized (lock) {
            queues.stop();
            kernels = runtime.kernels();
            activeKernel.stopping();
        }
        kernels.ifPresent(Kernels::stop); // what runs the cell sees whether its process is gone
    }

    /** A cell is no longer there. Under the lock. */
    void forget(String cell) {
        staleness.forget(cell);
        recovery.forget(cell);
    }

    @Override public void close() {
        queues.close();
        runtime.close();
    }
}

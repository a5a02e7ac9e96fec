package browser.notebook;

import browser.http.Events;
import browser.http.Refusal;
import browser.runtime.Kernels;
import java.util.List;
import java.util.Optional;
import lesson.Lesson;

/**
 * Runs the cells of a notebook: {@link CellQueues} give each its turn, {@link CellExecution} runs it on the {@link NotebookRuntime}. The
 * notebook's lock guards the slots; nothing that takes long is done under it.
 */
final class NotebookRunner implements AutoCloseable {
    private static final int HEALTH_CHECK_MS = 1_500;
    private final Object lock;
    private final NotebookCells notebookCells;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final CellQueues queues;
    private final StalenessNotifier staleness;
    private final Recovery recovery;
    private final CellExecution execution;
    private final ActivityBroadcast activityBroadcast;
    private final RepeatingTask healthChecks;

    NotebookRunner(Lesson lesson, String db, Object lock, NotebookCells notebookCells, Events events) {
        this.lock = lock;
        this.notebookCells = notebookCells;
        this.status = new SessionStatus(events);
        this.activeKernel = new ActiveKernel(status);
        this.runtime = new NotebookRuntime(lesson, db, lock, status, activeKernel);
        this.queues = new CellQueues(lock, status, activeKernel, runtime, this::execute);
        this.staleness = new StalenessNotifier(notebookCells, status);
        this.recovery = new Recovery(lock, notebookCells, status, activeKernel, runtime, queues, staleness);
        var health = new HealthMonitor(lock, status, activeKernel, runtime, recovery);
        this.execution = new CellExecution(lock, events, status, activeKernel, runtime, queues, staleness, recovery, health);
        this.activityBroadcast = new ActivityBroadcast(events, () -> runtime.kernels().flatMap(Kernels::activity));
        this.healthChecks = new RepeatingTask("pulse", HEALTH_CHECK_MS, () -> events.windowCount() > 0, health::check);
    }

    /** Somebody looks, and is to hear when something dies. */
    void watchHealth() {
        healthChecks.start();
    }

    /** What the cells run on. */
    NotebookRuntime runtime() {
        return runtime;
    }

    Recovery recovery() {
        return recovery;
    }

    SessionStatus status() {
        return status;
    }

    StalenessNotifier staleness() {
        return staleness;
    }

    ActivityBroadcast activity() {
        return activityBroadcast;
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

    /** Runs cells one after the other; what follows one that fails is not run. Returns at once. */
    void run(List<String> ids) {
        runtime.ensureStarted();
        synchronized (lock) {
            if (recovery.isRecovering()) {
                throw new Refusal(409, "the database is being made anew; run it when that is done");
            }
            queues.add(ids.stream().map(notebookCells::get).toList());
        }
    }

    private CellStatus execute(NotebookCell notebookCell) {
        return execution.run(notebookCell);
    }

    /** Stops all that runs, and takes back what waits. Returns when it has stopped. */
    void stop() {
        Optional<Kernels> on;
        synchronized (lock) {
            queues.stop();
            on = runtime.kernels();
            activeKernel.stopping();
        }
        on.ifPresent(Kernels::stop); // who ran the cell sees whether its process is gone
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

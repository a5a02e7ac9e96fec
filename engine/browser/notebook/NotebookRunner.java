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
    private static final int PULSE_MS = 1_500;
    private final Object lock;
    private final NotebookCells notebookCells;
    private final SessionStatus tells;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final CellQueues queues;
    private final StalenessNotifier staleness;
    private final Recovery recovery;
    private final CellExecution execution;
    private final ActivityBroadcast activityBroadcast;
    private final RepeatingTask pulse;

    NotebookRunner(Lesson lesson, String db, Object lock, NotebookCells notebookCells, Events events) {
        this.lock = lock;
        this.notebookCells = notebookCells;
        this.tells = new SessionStatus(events);
        this.activeKernel = new ActiveKernel(tells);
        this.runtime = new NotebookRuntime(lesson, db, lock, tells, activeKernel);
        this.queues = new CellQueues(lock, tells, activeKernel, runtime, this::execute);
        this.staleness = new StalenessNotifier(notebookCells, tells);
        this.recovery = new Recovery(lock, notebookCells, tells, activeKernel, runtime, queues, staleness);
        var health = new HealthMonitor(lock, tells, activeKernel, runtime, recovery);
        this.execution = new CellExecution(lock, events, tells, activeKernel, runtime, queues, staleness, recovery, health);
        this.activityBroadcast = new ActivityBroadcast(events, () -> runtime.kernels().flatMap(Kernels::watch));
        this.pulse = new RepeatingTask("pulse", PULSE_MS, () -> events.count() > 0, health::look);
    }

    /** Somebody looks, and is to hear when something dies. */
    void seen() {
        pulse.begin();
    }

    /** What the cells run on. */
    NotebookRuntime ground() {
        return runtime;
    }

    Recovery mending() {
        return recovery;
    }

    SessionStatus standings() {
        return tells;
    }

    StalenessNotifier freshness() {
        return staleness;
    }

    ActivityBroadcast watch() {
        return activityBroadcast;
    }

    /** Whether no cell runs or waits. */
    boolean isIdle() {
        synchronized (lock) {
            return !recovery.isAtWork() && notebookCells.all().stream().noneMatch(notebookCell -> notebookCell.status.isAtWork());
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
        runtime.warm();
        synchronized (lock) {
            if (recovery.isAtWork()) {
                throw new Refusal(409, "the database is being made anew; run it when that is done");
            }
            queues.queue(ids.stream().map(notebookCells::get).toList());
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

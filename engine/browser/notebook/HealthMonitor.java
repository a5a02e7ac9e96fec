package browser.notebook;

import kernel.cell.Cell;
import kernel.cell.CellResult;

/** Sees whether what cells run on has broken, and tells the windows or starts the recovery. The notebook's lock guards it. */
final class HealthMonitor {
    /** A server that is busy may fail to answer once. */
    private static final int MISSES_UNTIL_LOST = 2;
    private final Object lock;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final Recovery recovery;
    private int misses;

    HealthMonitor(Object lock, SessionStatus status, ActiveKernel activeKernel, NotebookRuntime runtime, Recovery recovery) {
        this.lock = lock;
        this.status = status;
        this.activeKernel = activeKernel;
        this.runtime = runtime;
        this.recovery = recovery;
    }

    /** A cell has ended: was that because what it ran on is gone? */
    void checkAfter(Cell cell, CellResult cellResult, int generation) {
        var isServerGone = !(cellResult instanceof CellResult.Done) && runtime.server().isGone();
        synchronized (lock) {
            if (!runtime.isCurrent(generation) || recovery.isRecovering()) {
                return;
            }
            if (isServerGone) {
                reportDatabaseLost();
            } else if (cell.language() == Cell.Language.JAVA && !runtime.isJavaAlive()) {
                recoverJava(cellResult);
            }
        }
    }

    private void recoverJava(CellResult cellResult) {
        if (activeKernel.isReplaying()) {
            status.kernel("dead", "");
            status.notice("error", "The process for Java cells ended again while the finished cells ran once more.", SessionStatus.TRY_AGAIN);
        } else {
            var why = cellResult instanceof CellResult.Lost(String lost) ? lost : "the cell did not stop, so its process was ended";
            recovery.recover(true, "The process for Java cells is gone: " + why + ". The finished cells run again, on a fresh database.");
        }
    }

    private void reportDatabaseLost() {
        status.database("lost", "the server does not answer any more", "");
        status.notice("error", "The database is gone: its server does not answer any more.", SessionStatus.REPLAY);
    }

    /** While no cell runs, nothing else would notice that something has died. The learner decides what shall be done about it. */
    void check() {
        int generation;
        synchronized (lock) {
            if (recovery.isRecovering() || !runtime.server().isReady()) {
                misses = 0;
                return;
            }
            generation = runtime.generation();
        }
        var isServerGone = runtime.server().isGone();
        synchronized (lock) {
            if (runtime.isCurrent(generation) && !recovery.isRecovering()) {
                misses = isServerGone ? misses + 1 : 0;
                report();
            }
        }
    }

    private void report() {
        if (misses >= MISSES_UNTIL_LOST && !status.isDatabaseLost()) {
            reportDatabaseLost();
        } else if (misses == 0 && status.isDatabaseLost()) {
            status.database("ready", "", runtime.server().version());
            status.solved("The database answers again.");
        } else if (misses == 0 && !runtime.isJavaAlive() && !activeKernel.runsJava() && !status.isKernelDead()) {
            status.kernel("dead", "its process has ended");
            status.notice("error", "The process for Java cells has ended, and its variables are gone.", SessionStatus.REPLAY);
        }
    }
}

package browser.notebook;

import kernel.cell.Cell;
import kernel.cell.CellResult;

/** Sees what has broken under the cells, and tells the windows or has it mended. The notebook's lock guards it. */
final class HealthMonitor {
    /** A server that is busy may miss once. */
    private static final int MISSES = 2;
    private final Object lock;
    private final SessionStatus tells;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final Recovery recovery;
    private int misses;

    HealthMonitor(Object lock, SessionStatus tells, ActiveKernel activeKernel, NotebookRuntime runtime, Recovery recovery) {
        this.lock = lock;
        this.tells = tells;
        this.activeKernel = activeKernel;
        this.runtime = runtime;
        this.recovery = recovery;
    }

    /** The one who ran a cell sees what is left of what it ran on. */
    void after(Cell cell, CellResult cellResult, int when) {
        var isServerGone = !(cellResult instanceof CellResult.Done) && runtime.server().isGone();
        synchronized (lock) {
            if (!runtime.isCurrent(when) || recovery.isAtWork()) {
                return;
            }
            if (isServerGone) {
                lost();
            } else if (!runtime.isJavaAlive() && cell.language() == Cell.Language.JAVA) {
                mendJava(cellResult);
            }
        }
    }

    private void mendJava(CellResult cellResult) {
        if (activeKernel.isReplaying()) {
            tells.kernel("dead", "");
            tells.notice("error", "The process for Java cells ended again while the finished cells ran once more.", SessionStatus.TRY_AGAIN);
        } else {
            var why = cellResult instanceof CellResult.Lost(String lost) ? lost : "the cell did not stop, so its process was ended";
            recovery.mend(true, "The process for Java cells is gone: " + why + ". The finished cells run again, on a fresh database.");
        }
    }

    private void lost() {
        tells.database("lost", "the server does not answer any more", "");
        tells.notice("error", "The database is gone: its server does not answer any more.", SessionStatus.MEND);
    }

    /** While no cell runs, nobody else would hear that something has died. What is to become of it, the learner says. */
    void look() {
        int when;
        synchronized (lock) {
            if (recovery.isAtWork() || !runtime.server().isReady()) {
                misses = 0;
                return;
            }
            when = runtime.generation();
        }
        var isServerGone = runtime.server().isGone();
        synchronized (lock) {
            if (runtime.isCurrent(when) && !recovery.isAtWork()) {
                misses = isServerGone ? misses + 1 : 0;
                tellWhatDied();
            }
        }
    }

    private void tellWhatDied() {
        if (misses >= MISSES && !tells.isDatabaseLost()) {
            lost();
        } else if (misses == 0 && tells.isDatabaseLost()) {
            tells.database("ready", "", runtime.server().version());
            tells.mended("The database answers again.");
        } else if (misses == 0 && !runtime.isJavaAlive() && !activeKernel.runsJava() && !tells.isKernelDead()) {
            tells.kernel("dead", "its process has ended");
            tells.notice("error", "The process for Java cells has ended, and its variables are gone.", SessionStatus.MEND);
        }
    }
}

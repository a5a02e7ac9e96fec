package browser.notebook;

import kernel.cell.Cell;
import kernel.cell.Ending;

/** Sees what has broken under the cells, and tells the windows or has it mended. The notebook's lock guards it. */
final class Losses {
    /** A server that is busy may miss once. */
    private static final int MISSES = 2;
    private final Object lock;
    private final Standings tells;
    private final Foreground foreground;
    private final Ground ground;
    private final Mending mending;
    private int misses;

    Losses(Object lock, Standings tells, Foreground foreground, Ground ground, Mending mending) {
        this.lock = lock;
        this.tells = tells;
        this.foreground = foreground;
        this.ground = ground;
        this.mending = mending;
    }

    /** The one who ran a cell sees what is left of what it ran on. */
    void after(Cell cell, Ending ending, int when) {
        var isServerGone = !(ending instanceof Ending.Done) && ground.server().isGone();
        synchronized (lock) {
            if (!ground.isCurrent(when) || mending.isAtWork()) {
                return;
            }
            if (isServerGone) {
                lost();
            } else if (!ground.isJavaAlive() && cell.language() == Cell.Language.JAVA) {
                mendJava(ending);
            }
        }
    }

    private void mendJava(Ending ending) {
        if (foreground.isReplaying()) {
            tells.kernel("dead", "");
            tells.notice("error", "The process for Java cells ended again while the finished cells ran once more.", Standings.TRY_AGAIN);
        } else {
            var why = ending instanceof Ending.Lost(String lost) ? lost : "the cell did not stop, so its process was ended";
            mending.mend(true, "The process for Java cells is gone: " + why + ". The finished cells run again, on a fresh database.");
        }
    }

    private void lost() {
        tells.database("lost", "the server does not answer any more", "");
        tells.notice("error", "The database is gone: its server does not answer any more.", Standings.MEND);
    }

    /** While no cell runs, nobody else would hear that something has died. What is to become of it, the learner says. */
    void look() {
        int when;
        synchronized (lock) {
            if (mending.isAtWork() || !ground.server().isReady()) {
                misses = 0;
                return;
            }
            when = ground.generation();
        }
        var isServerGone = ground.server().isGone();
        synchronized (lock) {
            if (ground.isCurrent(when) && !mending.isAtWork()) {
                misses = isServerGone ? misses + 1 : 0;
                tellWhatDied();
            }
        }
    }

    private void tellWhatDied() {
        if (misses >= MISSES && !tells.isDatabaseLost()) {
            lost();
        } else if (misses == 0 && tells.isDatabaseLost()) {
            tells.database("ready", "", ground.server().version());
            tells.mended("The database answers again.");
        } else if (misses == 0 && !ground.isJavaAlive() && !foreground.runsJava() && !tells.isKernelDead()) {
            tells.kernel("dead", "its process has ended");
            tells.notice("error", "The process for Java cells has ended, and its variables are gone.", Standings.MEND);
        }
    }
}

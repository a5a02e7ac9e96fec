package browser.notebook.state;

import java.util.Optional;
import kernel.cell.Cell;
import kernel.cell.CellResult;

/** What to do when what cells run on has broken. */
final class Health {
    /** A server that is busy may fail to answer once. */
    private static final int MISSES_UNTIL_LOST = 2;

    private Health() { }

    /** While no cell runs, nothing else would notice that something has died. The learner decides what shall be done about it. */
    static void checked(Draft draft, RuntimeEvent.HealthChecked checked) {
        if (!RuntimeChanges.isCurrent(draft, checked.generation()) || draft.state().isRecovering()) {
            return;
        }
        var before = draft.state().runtime().misses();
        draft.runtime(runtime -> runtime.misses(checked.isReady() && checked.isGone() ? before + 1 : 0).java(checked.isJavaAlive()));
        if (checked.isReady()) {
            report(draft, checked);
        }
    }

    private static void report(Draft draft, RuntimeEvent.HealthChecked checked) {
        var runtime = draft.state().runtime();
        if (runtime.misses() >= MISSES_UNTIL_LOST && !runtime.isDatabaseLost()) {
            reportDatabaseLost(draft);
        } else if (runtime.misses() == 0 && runtime.isDatabaseLost()) {
            draft.database(DatabaseStatus.Kind.READY, "", checked.version());
            draft.solved(Optional.of("The database answers again."));
        } else if (runtime.misses() == 0 && !checked.isJavaAlive() && !draft.state().queues().keepJava() && !runtime.isKernelDead()) {
            draft.kernel(KernelStatus.Kind.DEAD, "its process has ended");
            draft.broken("The process for Java cells has ended, and its variables are gone.", Notice.REPLAY);
        }
    }

    private static void reportDatabaseLost(Draft draft) {
        draft.database(DatabaseStatus.Kind.LOST, "the server does not answer any more", "");
        draft.broken("The database is gone: its server does not answer any more.", Notice.REPLAY);
    }

    /** A cell has ended: was that because what it ran on is gone? */
    static void settled(Draft draft, Cell cell, RuntimeEvent.Settled settled) {
        draft.runtime(runtime -> runtime.java(settled.isJavaAlive()));
        if (draft.state().isClosed()) {
            return;
        }
        if (settled.serverGone()) {
            reportDatabaseLost(draft);
        } else if (cell.language() == Cell.Language.JAVA && !settled.isJavaAlive()) {
            javaGone(draft, settled.result());
        }
    }

    private static void javaGone(Draft draft, CellResult result) {
        if (draft.state().recovery().isReplaying()) {
            draft.kernel(KernelStatus.Kind.DEAD, "");
            draft.broken("The process for Java cells ended again while the finished cells ran once more.", Notice.TRY_AGAIN);
        } else {
            var why = result instanceof CellResult.Lost(String lost) ? lost : "the cell did not stop, so its process was ended";
            Recovering.begin(draft, true, Optional.of("The process for Java cells is gone: " + why + ". The finished cells run again, on a fresh database."));
        }
    }
}

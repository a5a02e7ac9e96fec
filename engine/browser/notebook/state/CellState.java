package browser.notebook.state;

import browser.runtime.NeededCells;
import java.util.function.UnaryOperator;

/** A cell of the lesson or of the learner's own: as it is written now, and what came of running it. */
public record CellState(CellCode code, CellRun run) {
    /** A step's id, or that of a cell of the learner's own. */
    public String id() {
        return code.id();
    }

    CellState with(CellCode written) {
        return new CellState(written, run);
    }

    CellState run(UnaryOperator<CellRun> change) {
        return new CellState(code, change.apply(run));
    }

    /** Whether it has run since the database was made, to its end or not. */
    public boolean hasRun() {
        return run.status().isFinal();
    }

    /** What those that look for the reason of a failure have to know of it. */
    public NeededCells.Known known() {
        var state = switch (run.status()) {
            case DONE -> run.stale().isEmpty() ? NeededCells.State.DONE : NeededCells.State.STALE;
            case FAILED, STOPPED, LOST -> NeededCells.State.FAILED;
            case IDLE, QUEUED, RUNNING -> NeededCells.State.NOT_RUN;
        };
        return new NeededCells.Known(code.cell(), !code.scratch(), code.isEdited(), state);
    }

    boolean isBusy() {
        return run.status().isBusy();
    }
}

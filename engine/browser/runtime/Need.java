package browser.runtime;

import java.util.List;

/**
 * Why a cell has failed, where other cells of the notebook explain it, and what mends it.
 *
 * @param names  what is missing, as the learner wrote it; empty where that is not known
 * @param makers the cells from which these names come
 * @param cells  all cells to run before it, in their order: the makers, and what these and the failed cell need besides; empty where
 *               only a fresh database helps
 */
public record Need(Reason reason, List<String> names, List<String> makers, List<String> cells) {
    /** Cells that may leave what a step needs. */
    static Need ofSteps(List<String> cells) {
        return new Need(Reason.STEPS, List.of(), cells, cells);
    }

    /** The same, where cells cannot run before the database is a fresh one. */
    Need withReset() {
        return new Need(reason, names, makers, List.of());
    }

    /** A fresh database. */
    static Need ofState() {
        return new Need(Reason.STATE, List.of(), List.of(), List.of());
    }

    /** What is known of it. */
    public enum Reason {
        /** The names come from cells that have not run, or have failed. */
        NAMES,
        /** Steps above have not run, and it may need them. */
        STEPS,
        /** What has run before stands in the way. */
        STATE
    }
}

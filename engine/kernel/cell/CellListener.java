package kernel.cell;

import kernel.output.Output;

/** Hears what a cell shows while it runs, in order, from one thread at a time. */
public interface CellListener {
    /** A table, a plan, a value, a failure, a claim. */
    void shown(Output output);

    /**
     * More rows of the table that was shown last are kept, for whoever asks for them by this id.
     *
     * @param rows how many are kept in all, those shown included
     */
    default void kept(String resultId, int rows) { }

    /**
     * A piece of what the cell prints, as it comes: not always a whole line.
     *
     * @param stream "out" or "err"
     */
    void printed(String stream, String text);
}

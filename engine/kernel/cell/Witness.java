package kernel.cell;

import kernel.Output;

/** Hears what a cell shows while it runs, in order, from one thread at a time. */
public interface Witness {
    /** A table, a plan, a value, a failure, a claim. */
    void shown(Output output);

    /**
     * A piece of what the cell prints, as it comes: not always a whole line.
     *
     * @param stream "out" or "err"
     */
    void printed(String stream, String text);
}

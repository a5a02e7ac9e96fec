package kernel.cell;

/** How the run of a cell ended. What it showed, its failure included, its {@link Witness} has heard before. */
public sealed interface Ending {

    /** To its end. */
    record Done() implements Ending { }

    /**
     * At a failure, which was shown.
     *
     * @param line 1-based line of the cell's source where it happened, 0 where that is not known
     */
    record Failed(int line) implements Ending { }

    /** Because somebody asked for it. */
    record Stopped() implements Ending { }

    /**
     * The process or the connection that ran it is gone.
     *
     * @param why a sentence, with what to do next
     */
    record Lost(String why) implements Ending { }
}

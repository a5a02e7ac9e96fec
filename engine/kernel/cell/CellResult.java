package kernel.cell;

/** How the run of a cell ended. What it showed, its failure included, its {@link CellListener} has heard before. */
public sealed interface CellResult {

    /** To its end. */
    record Done() implements CellResult { }

    /**
     * At a failure, which was shown.
     *
     * @param line 1-based line of the cell's source where it happened, 0 where that is not known
     */
    record Failed(int line) implements CellResult { }

    /** Because somebody asked for it. */
    record Stopped() implements CellResult { }

    /**
     * The process or the connection that ran it is gone.
     *
     * @param why a sentence, with what to do next
     */
    record Lost(String why) implements CellResult { }
}

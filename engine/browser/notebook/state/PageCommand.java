package browser.notebook.state;

import browser.http.Events;
import java.util.List;
import java.util.Optional;
import kernel.cell.Cell;
import lab.Role;

/** What somebody wants of a notebook. It is refused as a whole, with a {@link browser.http.Refusal}, or carried out. */
public sealed interface PageCommand extends NotebookEvent {
    /** Starts what cells run on; nothing happens where that was done. */
    record Open() implements PageCommand { }

    /** A window is told the state first and then everything that happens. @param more what the state has besides the notebook's own */
    record OpenWindow(Events.Window window, Object more) implements PageCommand { }

    /** Runs cells one after the other; what follows one that fails is not run. */
    record Run(List<String> cells) implements PageCommand { }

    /** Takes back what waits, and stops all that runs. */
    record Stop() implements PageCommand { }

    /** Starts over with a fresh database and fresh kernels. @param replay whether the cells that had run to their end run again, in order */
    record Reset(boolean replay) implements PageCommand { }

    /**
     * Keeps what somebody typed.
     *
     * @param known the revision of the text that was typed over
     * @param by    the window, which need not be told
     */
    record Save(String cell, String source, int known, String by) implements PageCommand { }

    /** The same without a look at revisions: what somebody runs counts, whoever typed meanwhile. */
    record Edit(String cell, String source, String by) implements PageCommand { }

    /** Takes the lesson's own text again. */
    record Restore(String cell) implements PageCommand { }

    /** Adds a cell of the learner's own. @param after the cell that it stands below; empty for none */
    record Add(String after, Cell.Language language, Role role, String session, String source) implements PageCommand { }

    /** Another language, role or session for a cell of the learner's own. */
    record Change(String cell, Optional<Cell.Language> language, Optional<Role> role, Optional<String> session) implements PageCommand { }

    /** Removes a cell of the learner's own. */
    record Remove(String cell) implements PageCommand { }

    /** Ends all of it. Nothing is refused to it, and everything is that comes later. */
    record Close() implements PageCommand { }
}

package browser.notebook;

import browser.runtime.CellNames;
import browser.runtime.Kernels;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;

/** Tells the windows which outputs are stale. Used under the notebook's lock. */
final class StalenessNotifier {
    private final NotebookCells notebookCells;
    private final SessionStatus status;
    private final Staleness staleness = new Staleness();

    StalenessNotifier(NotebookCells notebookCells, SessionStatus tells) {
        this.notebookCells = notebookCells;
        this.status = tells;
    }

    /** Begins to read which names a cell defines and uses. It takes a moment, the first time half a second, and nobody waits for it. */
    static CompletableFuture<CellNames> read(Cell cell) {
        return CompletableFuture.supplyAsync(() -> CellNames.by(cell, Kernels::names), Thread.ofVirtual()::start);
    }

    /** A cell has run, and names have another meaning now. */
    void ran(Cell cell, int run, CellNames names) {
        staleness.ran(cell, run, names);
        refresh();
    }

    /** Says of every cell anew whether it is stale. */
    void refresh() {
        for (var notebookCell : notebookCells.all()) {
            var why = notebookCell.hasRun() ? staleness.why(notebookCell.cell(), notebookCells) : "";
            if (!why.equals(notebookCell.staleReason)) {
                notebookCell.staleReason = why;
                status.cell(notebookCell);
            }
        }
    }

    void forget(String cell) {
        staleness.forget(cell);
    }

    void clear() {
        staleness.clear();
    }
}

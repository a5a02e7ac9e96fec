package browser.notebook;

import browser.runtime.Kernels;
import browser.runtime.Used;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;

/** Tells the windows which outputs are stale. Used under the notebook's lock. */
final class Freshness {
    private final Slots slots;
    private final Standings tells;
    private final Staleness staleness = new Staleness();

    Freshness(Slots slots, Standings tells) {
        this.slots = slots;
        this.tells = tells;
    }

    /** Begins to read which names a cell defines and uses. It takes a moment, the first time half a second, and nobody waits for it. */
    static CompletableFuture<Used> read(Cell cell) {
        return CompletableFuture.supplyAsync(() -> Used.by(cell, Kernels::names), Thread.ofVirtual()::start);
    }

    /** A cell has run, and names have another meaning now. */
    void ran(Cell cell, int run, Used names) {
        staleness.ran(cell, run, names);
        refresh();
    }

    /** Says of every cell anew whether it is stale. */
    void refresh() {
        for (var slot : slots.all()) {
            var why = slot.hasRun() ? staleness.why(slot.cell(), slots) : "";
            if (!why.equals(slot.why)) {
                slot.why = why;
                tells.cell(slot);
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

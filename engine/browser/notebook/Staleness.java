package browser.notebook;

import browser.runtime.CellNames;
import browser.runtime.Kernels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;

/**
 * Which outputs are not what the cells would show now. A cell is stale when its own code is not what it ran with, or when a
 * name that it used has been defined anew, or by a cell that is stale itself. The content of the database is not looked at:
 * nobody can say what a statement would find. Used under the notebook's lock.
 */
final class Staleness {
    private final NotebookCells notebookCells;
    private final SessionStatus status;
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    /** Which run of which cell gave a name its meaning. */
    private record Origin(String cell, int run) { }

    /** A cell as it ran last, and where the names came from that it used. */
    private record Run(Cell cell, Map<String, Origin> used) { }

    Staleness(NotebookCells notebookCells, SessionStatus status) {
        this.notebookCells = notebookCells;
        this.status = status;
    }

    /** Begins to read which names a cell defines and uses. That takes a moment, the first time half a second, and nobody waits for it. */
    static CompletableFuture<CellNames> read(Cell cell) {
        return CompletableFuture.supplyAsync(() -> CellNames.by(cell, Kernels::names), Thread.ofVirtual()::start);
    }

    /** A cell has run, and names have another meaning now. */
    void ran(Cell cell, int run, CellNames names) {
        var used = new LinkedHashMap<String, Origin>();
        for (var name : names.uses()) {
            if (!names.defines().contains(name) && origins.containsKey(name)) {
                used.put(name, origins.get(name));
            }
        }
        runs.put(cell.id(), new Run(cell, used));
        names.defines().forEach(name -> origins.put(name, new Origin(cell.id(), run)));
        refresh();
    }

    /** Looks anew which cells are stale, and tells the windows what has changed. */
    void refresh() {
        for (var notebookCell : notebookCells.all()) {
            var reason = notebookCell.hasRun() ? reason(notebookCell.cell(), new HashSet<>()) : "";
            if (!reason.equals(notebookCell.staleReason)) {
                notebookCell.staleReason = reason;
                status.cell(notebookCell);
            }
        }
    }

    /** Why a cell is stale, as a sentence; empty where it is not, or has not run. */
    private String reason(Cell now, Set<String> visited) {
        var run = runs.get(now.id());
        if (run == null || !visited.add(now.id())) {
            return "";
        }
        if (!now.equals(run.cell())) {
            return "its code has changed since it ran";
        }
        for (var use : run.used().entrySet()) {
            var name = use.getKey();
            var cell = origins.getOrDefault(name, use.getValue()).cell();
            if (!origins.get(name).equals(use.getValue())) {
                return "`" + name + "` changed in cell " + cell;
            }
            if (!notebookCells.has(cell)) {
                return "`" + name + "` comes from a cell that is no longer here";
            }
            if (!reason(notebookCells.get(cell).cell(), visited).isEmpty()) {
                return "`" + name + "` comes from cell " + cell + ", which is stale";
            }
        }
        return "";
    }

    void forget(String cell) {
        runs.remove(cell);
    }

    void clear() {
        runs.clear();
        origins.clear();
    }
}

package browser.notebook;

import browser.runtime.CellNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import kernel.cell.Cell;

/**
 * Which outputs are not what the cells would show now. A cell is stale when its own code is another one than it ran with,
 * or when a name that it used has been defined anew, or by a cell that is stale itself. What a database holds is not
 * looked at: nobody can say what a statement would find.
 */
final class Staleness {
    private final Map<String, Ran> runs = new HashMap<>();
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    /** Which run of which cell gave a name its meaning. */
    private record Origin(String cell, int run) { }

    private record Ran(Cell cell, Map<String, Origin> used) { }

    /** A cell has run. */
    void ran(Cell cell, int run, CellNames names) {
        var used = new LinkedHashMap<String, Origin>();
        for (var name : names.uses()) {
            if (!names.defines().contains(name) && origins.containsKey(name)) {
                used.put(name, origins.get(name));
            }
        }
        runs.put(cell.id(), new Ran(cell, used));
        names.defines().forEach(name -> origins.put(name, new Origin(cell.id(), run)));
    }

    void forget(String cell) {
        runs.remove(cell);
    }

    void clear() {
        runs.clear();
        origins.clear();
    }

    /** Why a cell is stale, as a sentence; empty where it is not, or has not run. */
    String why(Cell now, NotebookCells notebookCells) {
        return why(now, notebookCells, new HashSet<>());
    }

    private String why(Cell now, NotebookCells notebookCells, Set<String> above) {
        var ran = runs.get(now.id());
        if (ran == null || !above.add(now.id())) {
            return "";
        }
        if (!now.equals(ran.cell())) {
            return "its code has changed since it ran";
        }
        for (var use : ran.used().entrySet()) {
            var name = use.getKey();
            var cell = origins.getOrDefault(name, use.getValue()).cell();
            if (!origins.get(name).equals(use.getValue())) {
                return "`" + name + "` changed in cell " + cell;
            }
            if (!notebookCells.has(cell)) {
                return "`" + name + "` comes from a cell that is no longer here";
            }
            if (!why(notebookCells.get(cell).cell(), notebookCells, above).isEmpty()) {
                return "`" + name + "` comes from cell " + cell + ", which is stale";
            }
        }
        return "";
    }
}

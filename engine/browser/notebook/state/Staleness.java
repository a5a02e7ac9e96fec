package browser.notebook.state;

import browser.runtime.CellNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kernel.cell.Cell;

/**
 * Which outputs are not what the cells would show now. A cell is stale when its own code is not what it ran with, or when a
 * name that it used has been defined anew, or by a cell that is stale itself. The content of the database is not looked at:
 * nobody can say what a statement would find.
 *
 * @param runs    each cell as it ran last, by its id
 * @param origins which run of which cell gave a name its meaning
 */
record Staleness(Map<String, Run> runs, Map<String, Origin> origins) {
    static final Staleness NONE = new Staleness(Map.of(), Map.of());

    Staleness {
        runs = Map.copyOf(runs);
        origins = Map.copyOf(origins);
    }

    record Origin(String cell, int run) { }

    /** A name that a cell used, and where it came from. */
    record Use(String name, Origin origin) { }

    record Run(Cell cell, List<Use> used) { }

    /** A cell has run, and names have another meaning now. */
    Staleness ran(Cell cell, int run, CellNames names) {
        var used = new ArrayList<Use>();
        for (var name : names.uses()) {
            if (!names.defines().contains(name) && origins.containsKey(name)) {
                used.add(new Use(name, origins.get(name)));
            }
        }
        var moreRuns = new HashMap<>(runs);
        moreRuns.put(cell.id(), new Run(cell, List.copyOf(used)));
        var moreOrigins = new HashMap<>(origins);
        names.defines().forEach(name -> moreOrigins.put(name, new Origin(cell.id(), run)));
        return new Staleness(moreRuns, moreOrigins);
    }

    Staleness forget(String cell) {
        var fewer = new HashMap<>(runs);
        fewer.remove(cell);
        return new Staleness(fewer, origins);
    }

    /** Why a cell is stale, as a sentence; empty where it is not, or has not run. */
    String reason(Cells cells, CellState cell) {
        return cell.hasRun() ? reason(cells, cell.code().cell(), new HashSet<>()) : "";
    }

    private String reason(Cells cells, Cell now, Set<String> visited) {
        var run = runs.get(now.id());
        if (run == null || !visited.add(now.id())) {
            return "";
        }
        if (!now.equals(run.cell())) {
            return "its code has changed since it ran";
        }
        for (var use : run.used()) {
            var name = use.name();
            var origin = origins.get(name);
            if (!origin.equals(use.origin())) {
                return "`" + name + "` changed in cell " + origin.cell();
            }
            var definer = cells.find(origin.cell());
            if (definer.isEmpty()) {
                return "`" + name + "` comes from a cell that is no longer here";
            }
            if (!reason(cells, definer.get().code().cell(), visited).isEmpty()) {
                return "`" + name + "` comes from cell " + origin.cell() + ", which is stale";
            }
        }
        return "";
    }
}

package kernel.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Tables;

/** Rows that were read and not shown yet. Those of the oldest results are forgotten first. */
final class KeptResults {
    private static final int MAX_ROWS = 20_000;
    private static final int MAX_RESULTS = 8;
    /** A page shows hundreds of rows, or hundreds of columns, not both. */
    private static final int MAX_CELLS = 8_000;
    private final Map<String, FetchedRows> results = new LinkedHashMap<>();
    private int last;

    /** The first rows, to be shown. */
    static Output.Table first(FetchedRows rows) {
        return new Output.Table(rows.columns(), rows.rows().stream().limit(rowsAtOnce(rows)).toList(),
            rows.more() || rows.rows().size() > rowsAtOnce(rows));
    }

    private static int rowsAtOnce(FetchedRows rows) {
        return Math.clamp(MAX_CELLS / Math.max(1, rows.columns().size()), 1, Tables.MAX_ROWS);
    }

    /** Keeps a result of which not all rows are shown; empty where all are. */
    synchronized Optional<String> keep(FetchedRows rows) {
        if (rows.rows().size() <= rowsAtOnce(rows)) {
            return Optional.empty();
        }
        var id = "r" + ++last;
        results.put(id, rows);
        while (results.size() > MAX_RESULTS || results.values().stream().mapToInt(r -> r.rows().size()).sum() > MAX_ROWS && results.size() > 1) {
            results.remove(results.keySet().iterator().next());
        }
        return Optional.of(id);
    }

    synchronized MoreRows more(String id, int offset) {
        var kept = results.get(id);
        if (kept == null) {
            throw new IllegalArgumentException("the rows of this result are not kept any more; run the cell again");
        }
        var rows = kept.rows();
        var from = Math.clamp(offset, 0, rows.size());
        var to = Math.min(rows.size(), from + rowsAtOnce(kept));
        var isLast = to == rows.size();
        var table = new Output.Table(kept.columns(), List.copyOf(rows.subList(from, to)), !isLast || kept.more());
        return new MoreRows(table, isLast ? -1 : to, isLast && kept.more()
            ? "These are the first " + Numbers.grouped(rows.size()) + " rows, and no more are kept: ask for fewer, with where or limit." : "");
    }
}

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
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_RESULTS = 8;
    /** A page shows hundreds of rows, or hundreds of columns, not both. */
    private static final int MOST_CELLS = 8_000;
    private final Map<String, Reading> results = new LinkedHashMap<>();
    private int last;

    /** The first rows, to be shown. */
    static Output.Table first(Reading reading) {
        return new Output.Table(reading.columns(), reading.rows().stream().limit(atOnce(reading)).toList(),
            reading.more() || reading.rows().size() > atOnce(reading));
    }

    private static int atOnce(Reading reading) {
        return Math.clamp(MOST_CELLS / Math.max(1, reading.columns().size()), 1, Tables.MOST_ROWS);
    }

    /** Keeps a result of which not all rows are shown; empty where all are. */
    synchronized Optional<String> keep(Reading reading) {
        if (reading.rows().size() <= atOnce(reading)) {
            return Optional.empty();
        }
        var id = "r" + ++last;
        results.put(id, reading);
        while (results.size() > MOST_RESULTS || results.values().stream().mapToInt(r -> r.rows().size()).sum() > MOST_ROWS && results.size() > 1) {
            results.remove(results.keySet().iterator().next());
        }
        return Optional.of(id);
    }

    synchronized More more(String id, int offset) {
        var reading = results.get(id);
        if (reading == null) {
            throw new IllegalArgumentException("the rows of this result are not kept any more; run the cell again");
        }
        var rows = reading.rows();
        var from = Math.clamp(offset, 0, rows.size());
        var to = Math.min(rows.size(), from + atOnce(reading));
        var isLast = to == rows.size();
        var table = new Output.Table(reading.columns(), List.copyOf(rows.subList(from, to)), !isLast || reading.more());
        return new More(table, isLast ? -1 : to, isLast && reading.more()
            ? "These are the first " + Numbers.grouped(rows.size()) + " rows, and no more are kept: ask for fewer, with where or limit." : "");
    }
}

package kernel.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import kernel.cell.CellListener;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Plans;
import kernel.sql.syntax.CommandTag;
import kernel.sql.syntax.StatementText;

/** What a statement gives, as a notebook shows it: rows, of which more may be kept or go to Java, plans, and counts of rows. */
final class ResultEmitter {
    private final ResultReceiver resultReceiver;
    private final KeptResults kept;
    private final CellListener listener;

    ResultEmitter(ResultReceiver resultReceiver, KeptResults kept, CellListener listener) {
        this.resultReceiver = resultReceiver;
        this.kept = kept;
        this.listener = listener;
    }

    /**
     * All that a statement gave which has been executed.
     *
     * @param isResult whether rows come first, as {@link Statement#execute} said
     * @param name     for Java, of the rows
     */
    void show(Statement statement, boolean isResult, StatementText statementText, Optional<String> name) throws SQLException {
        var isNext = isResult;
        while (isNext || statement.getUpdateCount() != -1) {
            if (isNext) {
                rows(statement, name);
            } else {
                count(statementText, statement.getLargeUpdateCount());
            }
            isNext = statement.getMoreResults();
        }
    }

    private void rows(Statement statement, Optional<String> name) throws SQLException {
        try (var result = statement.getResultSet()) {
            var rows = FetchedRows.of(result, name.isPresent());
            if (Plans.isPlan(rows.columns())) {
                Plans.of(rows.rows()).forEach(listener::shown);
                return;
            }
            listener.shown(KeptResults.first(rows));
            kept.keep(rows).ifPresent(id -> listener.kept(id, rows.rows().size()));
            name.ifPresent(given -> define(given, rows));
        }
    }

    private void define(String name, FetchedRows rows) {
        resultReceiver.define(name, rows.columns(), rows.typed());
        listener.printed("out", name + ": " + Numbers.counted(rows.typed().size(), "row") + " for Java"
            + (rows.more() ? "; PostgreSQL had more, and no more are kept" : "") + "\n");
    }

    private void count(StatementText statementText, long rows) {
        if (rows > 0) {
            listener.shown(new Output.Text(rows == 1 ? "1 row changed" : rows + " rows changed"));
        } else {
            listener.printed("out", CommandTag.of(statementText, rows) + "\n");
        }
    }
}

package kernel.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import kernel.cell.CellListener;
import kernel.cell.CellVariables;
import kernel.output.Numbers;
import kernel.output.PlanJson;
import kernel.output.Plans;
import kernel.sql.SessionState.Transaction;
import kernel.sql.syntax.StatementText;

/**
 * What a statement gives, as a notebook shows it: the first rows, of which more are kept or go to Java, plans, counts of
 * rows.
 *
 * @param before how the session stood when the statement was sent
 * @param name   for Java, of the rows that the statement may give
 */
record ResultEmitter(StatementText statement, Transaction before, Optional<String> name, CellVariables variables, KeptResults kept, CellListener listener)
        implements SqlRunner.Results {
    /** What ends a failed transaction like a rollback, and without an error; so the server's answer to it is ROLLBACK. */
    private static final Set<String> COMMITS = Set.of("COMMIT", "END", "PREPARE");

    @Override public void rows(ResultSet result) throws SQLException {
        var rows = FetchedRows.of(result, name.isPresent());
        if (PlanJson.isPlan(rows.columns())) {
            Plans.of(rows.rows()).forEach(output -> listener.shown(PlanJson.titled(output, statement.remark())));
            return;
        }
        listener.shown(KeptResults.first(rows));
        kept.keep(rows).ifPresent(id -> listener.kept(id, rows.rows().size()));
        name.ifPresent(given -> define(given, rows));
    }

    private void define(String name, FetchedRows rows) {
        variables.define(name, rows.columns(), rows.typed());
        listener.printed("out", name + ": " + Numbers.counted(rows.typed().size(), "row") + " for Java"
            + (rows.more() ? "; PostgreSQL had more, and no more are kept" : "") + "\n");
    }

    @Override public void changed(long rows) {
        if (rows > 0) {
            listener.shown(SqlRunner.changedRows(rows));
        } else if (before == Transaction.FAILED && COMMITS.contains(statement.commandTag(rows))) {
            listener.printed("err", "ROLLBACK: a statement of the transaction had failed, so PostgreSQL has kept nothing of it.\n");
        } else {
            listener.printed("out", statement.commandTag(rows) + "\n");
        }
    }
}

package kernel.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import kernel.cell.CellListener;
import kernel.cell.CellVariables;
import kernel.output.Numbers;
import kernel.output.Plans;
import kernel.sql.syntax.StatementText;

/**
 * What a statement gives, as a notebook shows it: the first rows, of which more are kept or go to Java, plans, counts of
 * rows.
 *
 * @param name for Java, of the rows that the statement may give
 */
record ResultEmitter(StatementText statement, Optional<String> name, CellVariables variables, KeptResults kept, CellListener listener)
        implements SqlRunner.Results {

    @Override public void rows(ResultSet result) throws SQLException {
        var rows = FetchedRows.of(result, name.isPresent());
        if (Plans.isPlan(rows.columns())) {
            Plans.of(rows.rows()).forEach(listener::shown);
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
        } else {
            listener.printed("out", statement.commandTag(rows) + "\n");
        }
    }
}

package kernel.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import kernel.cell.Witness;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Plans;
import kernel.sql.syntax.Piece;
import kernel.sql.syntax.Tag;

/** What a statement gives, as a notebook shows it: rows, of which more may be kept or go to Java, plans, and counts of rows. */
final class Given {
    private final Results results;
    private final KeptResults kept;
    private final Witness witness;

    Given(Results results, KeptResults kept, Witness witness) {
        this.results = results;
        this.kept = kept;
        this.witness = witness;
    }

    /**
     * All that a statement gave which has been executed.
     *
     * @param isResult whether rows come first, as {@link Statement#execute} said
     * @param name     for Java, of the rows
     */
    void show(Statement statement, boolean isResult, Piece piece, Optional<String> name) throws SQLException {
        var isNext = isResult;
        while (isNext || statement.getUpdateCount() != -1) {
            if (isNext) {
                rows(statement, name);
            } else {
                count(piece, statement.getLargeUpdateCount());
            }
            isNext = statement.getMoreResults();
        }
    }

    private void rows(Statement statement, Optional<String> name) throws SQLException {
        try (var result = statement.getResultSet()) {
            var reading = Reading.of(result, name.isPresent());
            if (Plans.isPlan(reading.columns())) {
                Plans.of(reading.rows()).forEach(witness::shown);
                return;
            }
            witness.shown(KeptResults.first(reading));
            kept.keep(reading).ifPresent(id -> witness.kept(id, reading.rows().size()));
            name.ifPresent(given -> define(given, reading));
        }
    }

    private void define(String name, Reading reading) {
        results.define(name, reading.columns(), reading.typed());
        witness.printed("out", name + ": " + Numbers.counted(reading.typed().size(), "row") + " for Java"
            + (reading.more() ? "; PostgreSQL had more, and no more are kept" : "") + "\n");
    }

    private void count(Piece piece, long rows) {
        if (rows > 0) {
            witness.shown(new Output.Text(rows == 1 ? "1 row changed" : rows + " rows changed"));
        } else {
            witness.printed("out", Tag.of(piece, rows) + "\n");
        }
    }
}

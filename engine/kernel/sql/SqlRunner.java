package kernel.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.output.Output;
import kernel.output.PlanJson;
import kernel.output.Plans;
import kernel.output.Tables;
import kernel.sql.syntax.PlanRequest;

/**
 * Runs SQL and makes outputs of what it gives: of rows a table or a plan, of changed rows a sentence, of notices a log.
 *
 * <p>A lesson sends the statements of a step together and has each explain drawn. The SQL prompt sends a statement as it was
 * typed. The notebook, in {@link StatementRun}, sends one statement of its cell after the other, shows notices as they come
 * and keeps more rows than it shows; what the statement gave is gone through here as well.
 */
public final class SqlRunner {
    private SqlRunner() { }

    /** Takes what statements give, in order. */
    interface Results {
        /** Is called once for each result that has rows. */
        void rows(ResultSet rows) throws SQLException;

        /** @param rows how many; 0 also for a statement that changes none */
        void changed(long rows) throws SQLException;
    }

    /**
     * Runs the text, of one or more statements, as psql would send it with {@code \;}: outside of a transaction block in one
     * transaction of its own.
     *
     * @return notices first; then a table for each statement with rows, a plan for each explain, a sentence for each that
     *     changed rows
     * @throws SQLException as the server raised it; the statement is in {@link kernel.output.Failures#of}
     */
    public static List<Output> run(Connection connection, String sql) throws SQLException {
        var outputs = new ArrayList<Output>();
        run(connection, sql, outputs::add);
        return outputs;
    }

    /** The same, handed out one by one: also the notices that came before a failure. */
    public static void run(Connection connection, String sql, Consumer<Output> show) throws SQLException {
        try (var statement = connection.createStatement()) {
            run(statement, PlanRequest.ofAll(sql), show);
        }
    }

    /** The same of a text that is sent as it is, on a statement that somebody may cancel meanwhile. */
    public static void run(Statement statement, String sql, Consumer<Output> show) throws SQLException {
        var isResult = executed(statement, sql, show);
        each(statement, isResult, new Results() {
            @Override public void rows(ResultSet rows) throws SQLException {
                var table = Tables.of(rows);
                (PlanJson.isPlan(table.columns()) ? Plans.of(table.rows()) : List.of(table)).forEach(show);
            }

            @Override public void changed(long rows) {
                if (rows > 0) {
                    show.accept(changedRows(rows));
                }
            }
        });
    }

    private static boolean executed(Statement statement, String sql, Consumer<Output> show) throws SQLException {
        try {
            return statement.execute(sql);
        } finally {
            Notices.shown(statement, show);
        }
    }

    /**
     * Goes through all that a statement gave. The driver counts 0 rows of a statement that changes none, so -1 says that
     * nothing is left.
     *
     * @param isResult whether rows come first, as {@link Statement#execute} said
     */
    static void each(Statement statement, boolean isResult, Results results) throws SQLException {
        var isRows = isResult;
        while (isRows || statement.getLargeUpdateCount() != -1) {
            if (isRows) {
                try (var rows = statement.getResultSet()) {
                    results.rows(rows);
                }
            } else {
                results.changed(statement.getLargeUpdateCount());
            }
            isRows = statement.getMoreResults();
        }
    }

    /** "1 row changed". */
    static Output changedRows(long rows) {
        return new Output.Text(rows == 1 ? "1 row changed" : rows + " rows changed");
    }
}

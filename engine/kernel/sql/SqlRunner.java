package kernel.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;
import kernel.output.Plans;
import kernel.output.Tables;
import kernel.sql.syntax.PlanRequest;

/** Runs SQL text of one or more statements and gives what each of them shows. */
public final class SqlRunner {
    private SqlRunner() { }

    /**
     * Runs the text as one simple query, as psql would send it with {@code \;}.
     *
     * @return a table for each statement with a result, a plan for each explain, a line for each that changed rows or raised a notice
     * @throws SQLException as the server raised it; the statement is in {@link kernel.output.Failures#of}
     */
    public static List<Output> run(Connection connection, String sql) throws SQLException {
        var outputs = new ArrayList<Output>();
        try (var statement = connection.createStatement()) {
            var isResult = statement.execute(PlanRequest.ofAll(sql));
            notices(statement, outputs);
            while (true) {
                if (isResult) {
                    try (var result = statement.getResultSet()) {
                        outputs.addAll(shown(Tables.of(result)));
                    }
                } else if (statement.getUpdateCount() == -1) {
                    return outputs;
                } else if (statement.getUpdateCount() > 0) {
                    outputs.add(rows(statement.getUpdateCount()));
                }
                isResult = statement.getMoreResults();
            }
        }
    }

    private static List<? extends Output> shown(Output.Table table) {
        return Plans.isPlan(table.columns()) ? Plans.of(table.rows()) : List.of(table);
    }

    private static Output rows(int count) {
        return new Output.Text(count == 1 ? "1 row changed" : count + " rows changed");
    }

    private static void notices(Statement statement, List<Output> outputs) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            outputs.add(new Output.Log("server", List.of(warning.getMessage())));
        }
    }
}

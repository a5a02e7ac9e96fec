package kernel.output;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Reads execution plans. PostgreSQL's text form changes with every release; the JSON form is for programs. */
public final class Plans {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Plans() { }

    /** Runs {@code explain (analyze, buffers, format json)}: the statement is executed. */
    public static Output.Plan analyze(Connection connection, String sql, Object... parameters) throws SQLException {
        return explain(connection, "explain (analyze, buffers, format json) " + sql, parameters);
    }

    /** Runs {@code explain (format json)}: the statement is planned only. */
    public static Output.Plan estimate(Connection connection, String sql, Object... parameters) throws SQLException {
        return explain(connection, "explain (format json) " + sql, parameters);
    }

    private static Output.Plan explain(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var result = statement.executeQuery()) {
                result.next();
                return parse(result.getString(1));
            }
        }
    }

    /**
     * The plans in what {@code explain (format json)} gave: one, or several where a rule made more of the statement. What is
     * no plan, of a statement that needs none, is shown as PostgreSQL wrote it.
     */
    public static List<Output> of(List<List<Optional<String>>> rows) {
        var outputs = new ArrayList<Output>();
        rows.forEach(row -> outputs.addAll(PlanJson.outputs(JSON.readValue(row.getFirst().orElse("[]"), List.class))));
        return outputs;
    }

    static Output.Plan parse(String json) {
        return (Output.Plan) PlanJson.outputs(JSON.readValue(json, List.class)).getFirst();
    }
}

package kernel.output;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
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

    /** Whether these are the columns of {@code explain (format json)}. */
    public static boolean isPlan(List<Output.Table.Column> columns) {
        return columns.equals(List.of(new Output.Table.Column("QUERY PLAN", "json")));
    }

    /**
     * The plans in what {@code explain (format json)} gave: one, or several where a rule made more of the statement. What is
     * no plan, of a statement that needs none, is shown as PostgreSQL wrote it.
     */
    public static List<Output> of(List<List<Optional<String>>> rows) {
        var outputs = new ArrayList<Output>();
        for (var row : rows) {
            var json = row.getFirst().orElse("");
            JSON.readTree(json).forEach(top -> outputs.add(top.has("Plan") ? plan(top) : new Output.Text(top.asString())));
        }
        return outputs;
    }

    /** The output, called as its author calls it where it is a plan. */
    public static Output titled(Output output, String title) {
        return output instanceof Output.Plan plan ? plan.titled(title) : output;
    }

    static Output.Plan parse(String json) {
        return plan(JSON.readTree(json).get(0));
    }

    private static Output.Plan plan(JsonNode top) {
        return new Output.Plan(node(top.get("Plan")), number(top, "Planning Time"), number(top, "Execution Time"));
    }

    private static Output.Plan.Node node(JsonNode plan) {
        var children = new ArrayList<Output.Plan.Node>();
        plan.path("Plans").forEach(child -> children.add(node(child)));
        var loops = plan.has("Actual Loops") ? plan.get("Actual Loops").asLong() : 1;
        return new Output.Plan.Node(type(plan), detail(plan),
            number(plan, "Plan Rows"), plan.has("Actual Rows") ? number(plan, "Actual Rows") : -1, loops,
            (long) number(plan, "Shared Hit Blocks"), (long) number(plan, "Shared Read Blocks"),
            number(plan, "Actual Total Time") * loops, children, removed(plan), mode(plan), plan.path("Subplan Name").asString(""));
    }

    private static double removed(JsonNode plan) {
        return number(plan, "Rows Removed by Filter") + number(plan, "Rows Removed by Join Filter") + number(plan, "Rows Removed by Index Recheck");
    }

    private static String mode(JsonNode plan) {
        var mode = plan.path("Partial Mode").asString("");
        return mode.equals("Simple") ? "" : mode;
    }

    /** "Delete" says more than "ModifyTable". */
    private static String type(JsonNode plan) {
        var type = plan.path("Node Type").asString();
        return type.equals("ModifyTable") && plan.has("Operation") ? plan.get("Operation").asString() : type;
    }

    private static String detail(JsonNode plan) {
        var parts = new ArrayList<String>();
        if (plan.has("Index Name")) {
            parts.add("using " + plan.get("Index Name").asString());
        }
        for (var source : List.of("Relation Name", "Function Name", "CTE Name")) {
            if (plan.has(source)) {
                parts.add("on " + plan.get(source).asString());
            }
        }
        for (var condition : List.of("Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter")) {
            if (plan.has(condition)) {
                parts.add(condition.toLowerCase() + " " + plan.get(condition).asString());
            }
        }
        if (plan.has("Sort Key")) {
            parts.add("by " + plan.get("Sort Key").toString().replaceAll("[\\[\\]\"]", ""));
        }
        if (plan.has("Heap Fetches")) {
            parts.add("heap fetches " + plan.get("Heap Fetches").asLong());
        }
        if (number(plan, "Index Searches") > 1) {
            parts.add("index searches " + plan.get("Index Searches").asLong());
        }
        if (number(plan, "Subplans Removed") > 0) {
            parts.add("subplans removed " + plan.get("Subplans Removed").asLong());
        }
        return String.join(", ", parts);
    }

    private static double number(JsonNode node, String name) {
        return node.path(name).asDouble(0);
    }
}

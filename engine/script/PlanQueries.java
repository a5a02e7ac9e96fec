package script;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;
import kernel.output.Plans;
import lab.Login;

/** Plans that a lesson asks for in one line. */
final class PlanQueries {
    private PlanQueries() { }

    static Output.Plan plan(Login login, String sql, Object... parameters) throws SQLException {
        try (var connection = login.connect()) {
            return Plans.analyze(connection, sql, parameters);
        }
    }

    static Output.Plan planAfter(Login login, String statements, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(statements);
            var plan = Plans.analyze(connection, sql);
            connection.rollback();
            return plan;
        }
    }

    static List<Output.Plan.Node> nodes(Output.Plan plan) {
        var nodes = new ArrayList<Output.Plan.Node>();
        collect(plan.root(), nodes);
        return nodes;
    }

    static boolean has(Output.Plan plan, String type) {
        return nodes(plan).stream().anyMatch(node -> node.type().equals(type));
    }

    private static void collect(Output.Plan.Node node, List<Output.Plan.Node> nodes) {
        nodes.add(node);
        node.children().forEach(child -> collect(child, nodes));
    }
}

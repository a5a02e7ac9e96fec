package grading;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kernel.output.Numbers;
import kernel.output.Output.Plan;
import kernel.output.PlanReading;
import kernel.output.Plans;
import lab.Login;

/** The plan of a query, executed: what a check asks of it, and how a learner reads it. */
public record QueryPlan(Plan plan) {

    /** Executes the query as `explain (analyze, buffers)`, in the connection's transaction if it has one. */
    public static QueryPlan of(Connection connection, String sql, Object... parameters) throws SQLException {
        return new QueryPlan(Plans.analyze(connection, sql, parameters));
    }

    /** The same on a connection of its own. */
    public static QueryPlan of(Login login, String sql, Object... parameters) throws SQLException {
        try (var connection = Sql.connect(login)) {
            return of(connection, sql, parameters);
        }
    }

    /** All nodes, from the root down. */
    public List<Plan.Node> nodes() {
        return below(plan.root()).toList();
    }

    private static Stream<Plan.Node> below(Plan.Node node) {
        return Stream.concat(Stream.of(node), node.children().stream().flatMap(QueryPlan::below));
    }

    /** Whether a node is of this type, "Seq Scan". */
    public boolean has(String type) {
        return nodes().stream().anyMatch(node -> node.type().equals(type));
    }

    /** Whether a node names this index or table. */
    public boolean mentions(String name) {
        return nodes().stream().anyMatch(node -> List.of(node.detail().split("[^\\w.]+")).contains(name));
    }

    /** Pages that the query touched, in memory or not. */
    public long buffers() {
        return PlanReading.buffers(plan.root());
    }

    /** The one thing to look at, "4 pages". */
    public String figure() {
        return Numbers.counted(buffers(), "page");
    }

    /** A tree with a node a line: "Limit\n└─ Index Scan using posts_by_author". */
    public String described() {
        return tree(plan.root(), "").collect(Collectors.joining("\n"));
    }

    /** The same, and the pages behind the last: "Limit\n└─ Index Scan using posts_by_author; 4 buffers". */
    @Override public String toString() {
        return described() + "; " + buffers() + " buffers";
    }

    /** @param margin what stands left of the children's branches */
    private static Stream<String> tree(Plan.Node node, String margin) {
        var words = (node.type() + " " + node.detail()).strip();
        return Stream.concat(Stream.of(words), IntStream.range(0, node.children().size()).boxed().flatMap(i -> {
            var last = i == node.children().size() - 1;
            var below = tree(node.children().get(i), margin + (last ? "   " : "│  ")).toList();
            return IntStream.range(0, below.size()).mapToObj(y -> y == 0 ? margin + (last ? "└─ " : "├─ ") + below.get(y) : below.get(y));
        }));
    }
}

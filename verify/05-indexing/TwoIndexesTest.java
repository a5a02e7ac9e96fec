import grading.*;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import kernel.output.Output.Plan;
import kernel.output.PlanReading;
import kernel.output.Plans;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** A hundred thousand orders. What counts is read from plans as JSON: nodes and pages. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoIndexesTest {
    private static final long MEGABYTE = 1024 * 1024;

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
        execute(clone.owner(), "vacuum analyze app.orders");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("two indexes at most, and small ones")
    void keepsToTheBudget(Clone clone) throws SQLException {
        var indexes = query(clone.owner(), """
            select indexrelid::regclass::text as index, pg_relation_size(indexrelid) as bytes from pg_index
            where indrelid = 'app.orders'::regclass and not indisprimary order by 1""").values();
        var names = indexes.stream().map(List::getFirst).toList();
        Expect.that("Indexes of app.orders beside the primary key", names.size() <= 2, "at most 2", names.size() + ": " + names,
            "Every insert pays for each of them. Which queries can share one?");
        var bytes = indexes.stream().mapToLong(index -> ((Number) index.get(1)).longValue()).sum();
        Expect.that("The size of both", bytes <= 5 * MEGABYTE, "at most 5 MB", bytes / 1024 + " kB: " + indexes, "Which rows does no query ask for?");
    }

    @Test @Order(3) @Needs("runs") @Hint(1) @DisplayName("the primary key is still there")
    void keepsTheKey(Clone clone) {
        Expect.sqlState("The primary key of app.orders refuses a second order with the id 1", "23505", () -> execute(clone.owner(),
            "insert into app.orders overriding system value values (1, 1, 'sent', now(), 1)"), "The table and its primary key stay as they are.");
    }

    @Test @Order(4) @Needs("runs") @Hint(1) @DisplayName("a customer's last ten")
    void customersLastTen(Clone clone) throws SQLException {
        cheap(clone, "A customer's last ten", 20, "select id, cents from app.orders where customer_id = ? order by created_at desc limit 10", 7);
    }

    @Test @Order(5) @Needs("runs") @Hint(2) @DisplayName("what is to be packed")
    void whatIsToBePacked(Clone clone) throws SQLException {
        cheap(clone, "What is to be packed", 40, "select id, customer_id from app.orders where status = 'open' order by created_at limit 20");
    }

    @Test @Order(6) @Needs("runs") @Hint(1) @DisplayName("a customer's orders of some weeks")
    void customersWeeks(Clone clone) throws SQLException {
        cheap(clone, "A customer's orders of some weeks", 20, "select count(*) from app.orders where customer_id = ? "
            + "and created_at >= '2025-06-01' and created_at < '2025-07-15'", 7);
    }

    private static void cheap(Clone clone, String what, long pages, String sql, Object... parameters) throws SQLException {
        try (var connection = clone.app().connect()) {
            var plan = Plans.analyze(connection, sql, parameters);
            Expect.that(what + ": the plan reads no table from end to end", none(plan, "Seq Scan"), "no Seq Scan", shown(plan), "No index gives these rows.");
            Expect.that(what + ": the plan sorts nothing", none(plan, "Sort"), "no Sort", shown(plan), "An index has its rows in an order. Which one would help?");
            Expect.that(what + ": pages that are read", PlanReading.buffers(plan.root()) <= pages, "at most " + pages, shown(plan),
                "Does the index find the rows, or does it only let PostgreSQL look for them?");
        }
    }

    private static boolean none(Plan plan, String type) {
        return nodes(plan.root()).noneMatch(node -> node.type().endsWith(type));
    }

    private static Stream<Plan.Node> nodes(Plan.Node node) {
        return Stream.concat(Stream.of(node), node.children().stream().flatMap(child -> nodes(child)));
    }

    private static String shown(Plan plan) {
        return String.join(", ", nodes(plan.root()).map(node -> (node.type() + " " + node.detail()).strip()).toList())
            + "; " + PlanReading.buffers(plan.root()) + " buffers";
    }

    private static Rows query(Login login, String sql, Object... parameters) throws SQLException {
        try (var connection = login.connect()) {
            return Rows.query(connection, sql, parameters);
        }
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

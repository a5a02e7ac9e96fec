import grading.*;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import kernel.output.Output.Plan;
import kernel.output.PlanReading;
import kernel.output.Plans;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** A table that is counted in all day. Whether the query visits the table is in the plan: heap fetches. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneIndexCoversTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
        execute(clone.owner(), "vacuum analyze app.views");
    }

    @Test @Order(2) @Needs("runs") @Hint(2) @DisplayName("the key is as strict as it was")
    void keyStays(Clone clone) throws SQLException {
        Expect.sqlState("A second row for page 7 on a day", "23505", () -> execute(clone.app(), "insert into app.views values (7, '2025-03-01', 1, '')"),
            "Unique in page and day, whatever the count.");
        Expect.works("Counting with on conflict (page_id, day)", () -> execute(clone.app(), "insert into app.views values (7, '2025-03-01', 1, '') "
            + "on conflict (page_id, day) do update set seen = app.views.seen + 1"), "It needs a unique index of these two, in any order.");
        for (var none : List.of("null, '2025-03-01'", "7, null")) {
            Expect.sqlState("A row with NULL: " + none, "23502", () -> execute(clone.app(), "insert into app.views values (" + none + ", 1, '')"),
                "A primary key forbids NULL, a unique index does not.");
        }
        Expect.works("The first row of page 7 on another day", () -> execute(clone.app(), "insert into app.views values (7, '2030-01-01', 1, '')"), "Nothing is wrong with it.");
        Expect.works("The first row of page 7777 on that day", () -> execute(clone.app(), "insert into app.views values (7777, '2030-01-01', 1, '')"), "Nothing is wrong with it.");
        Expect.table("Rows, and what was seen of page 7", Rows.columns("rows", "seen").row(100002, 7 * 200 + 20100 + 2), query(clone.app(),
            "select count(*) as rows, sum(seen) filter (where page_id = 7) as seen from app.views"), "No row is lost.");
    }

    @Test @Order(3) @Needs("runs") @Hint(2) @DisplayName("the table has one index")
    void oneIndex(Clone clone) throws SQLException {
        var names = query(clone.owner(), "select indexrelid::regclass::text from pg_index where indrelid = 'app.views'::regclass order by 1").values();
        Expect.that("Indexes of app.views", names.size() == 1, "1", names, "Could the one do the work of the other?");
    }

    @Test @Order(4) @Needs("runs") @Hint(1) @DisplayName("the query reads the index only")
    void readsTheIndexOnly(Clone clone) throws SQLException {
        execute(clone.owner(), "vacuum (analyze, index_cleanup on) app.views");
        try (var connection = clone.app().connect()) {
            var plan = Plans.analyze(connection, "select sum(seen) from app.views where page_id = ? and day >= '2025-02-01'", 7);
            Expect.that("The plan of the query", nodes(plan.root()).anyMatch(node -> node.type().equals("Index Only Scan")), "an Index Only Scan",
                shown(plan), "Which column is not in the index?");
            Expect.that("Visits to the table", nodes(plan.root()).anyMatch(node -> node.detail().contains("heap fetches 0")), "heap fetches 0", shown(plan),
                "Which column is not in the index?");
            Expect.that("Pages that are read", PlanReading.buffers(plan.root()) <= 10, "at most 10", shown(plan), "Equality first, then the range.");
        }
    }

    @Test @Order(5) @Needs("runs") @Fresh @Hint(2) @DisplayName("it gives up when it cannot have its lock")
    void givesUpWaiting(Clone clone, Answer answer) throws Exception {
        try (var reader = clone.app().connect(); var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("select seen from app.views limit 1");
            try {
                Expect.within("V2 gives up with 55P03 while somebody reads app.views", PATIENCE, () -> flyway(clone, answer).migrate(),
                    "Behind a migration that waits, everybody else waits.");
            } catch (Mismatch waits) {
                throw waits;
            } catch (Exception gaveUp) {
                return;
            }
            Expect.that("V2 while somebody reads app.views", false, "SQLSTATE 55P03", "it ran", "Dropping a constraint needs the strong lock.");
        }
    }

    private static Flyway flyway(Clone clone, Answer answer) {
        return Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
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

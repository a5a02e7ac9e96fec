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

/** Twenty thousand counters. PostgreSQL itself counts how many updates were HOT. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StillHotTest {
    private long bytes;

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        bytes = number(clone.owner(), "select pg_relation_size('app.pages')");
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
        execute(clone.owner(), "vacuum analyze app.pages");
    }

    @Test @Order(2) @Needs("runs") @Hint(2) @DisplayName("no row and no rule is lost")
    void losesNothing(Clone clone) throws SQLException {
        Expect.table("Pages, their slugs and hits", Rows.columns("pages", "slugs", "hits").row(20000, 20000, 49990000), query(clone.app(),
            "select count(*) as pages, count(distinct slug) as slugs, sum(hits) as hits from app.pages"), "What did the file do to the rows?");
        for (var twice : List.of("1, 'new', 's', 't', 0;the id", "90001, 'page-1', 's', 't', 0;the slug")) {
            Expect.sqlState("Another page with " + twice.split(";")[1] + " of the first one", "23505",
                () -> execute(clone.app(), "insert into app.pages values (" + twice.split(";")[0] + ")"), "Which rules did the table have?");
        }
        for (var none : List.of("null, 'new', 's', 't', 0", "90001, null, 's', 't', 0", "90001, 'new', null, 't', 0", "90001, 'new', 's', null, 0",
                "90001, 'new', 's', 't', null")) {
            Expect.sqlState("A page of " + none, "23502", () -> execute(clone.app(), "insert into app.pages values (" + none + ")"), "Which rules did the table have?");
        }
    }

    @Test @Order(3) @Needs("runs") @Hint(2) @DisplayName("the table is not much larger")
    void keepsItsSize(Clone clone) throws SQLException {
        var now = number(clone.owner(), "select pg_relation_size('app.pages')");
        Expect.that("The size of the table", now <= bytes * 3 / 2, "at most " + bytes * 3 / 2 / 1024 + " kB", now / 1024 + " kB",
            "Every query pays for the room that is left.");
    }

    @Test @Order(4) @Needs("runs") @Hint(1) @DisplayName("pages are found")
    void findsPages(Clone clone) throws SQLException {
        cheap(clone, 10, "select * from app.pages where slug = 'page-777'");
        cheap(clone, 60, "select title from app.pages where section = 'section 7' order by title limit 20");
    }

    @Test @Order(5) @Needs("runs") @Hint(1) @DisplayName("nine of ten visits are HOT, from the first round on")
    void staysHot(Clone clone) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int round = 1; round <= 10; round++) {
                var updates = statement.executeUpdate("update app.pages set hits = hits + 1 where id % 10 = " + round % 10);
                var hot = ((Number) Rows.query(connection, "select n_tup_hot_upd from pg_stat_xact_user_tables where relid = 'app.pages'::regclass")
                    .values().getFirst().getFirst()).longValue();
                connection.commit();
                Expect.that("HOT updates in round " + round, hot * 10 >= updates * 9L, "at least " + updates * 9 / 10 + " of " + updates, hot,
                    hot == 0 ? "Which index knows the column?" : "Is there room on the row's own page?");
            }
        }
    }

    private static void cheap(Clone clone, long pages, String sql) throws SQLException {
        try (var connection = clone.app().connect()) {
            var plan = Plans.analyze(connection, sql);
            Expect.that("Pages of: " + sql, PlanReading.buffers(plan.root()) <= pages, "at most " + pages, shown(plan), "Which index was made for it?");
        }
    }

    private static long number(Login login, String sql) throws SQLException {
        return ((Number) query(login, sql).values().getFirst().getFirst()).longValue();
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

import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import kernel.output.Output.Plan;
import kernel.output.PlanReading;
import kernel.output.Plans;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** Workers at a queue. A claim that is under way is an open transaction; whether another waits is seen by its lock timeout. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NextTenJobsTest {
    private static final String OLDEST = "select id from app.jobs where status = 'pending' order by created_at limit 10";
    private static final String MANY = "select id from app.jobs where status = 'pending' order by created_at offset 10 limit 10";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
        execute(clone.owner(), "vacuum analyze app.jobs");
    }

    @Test @Order(2) @Needs("runs") @Hint(2) @DisplayName("one small index at most")
    void indexIsSmall(Clone clone) throws SQLException {
        var indexes = query(clone.owner(), """
            select indexrelid::regclass::text as index, pg_relation_size(indexrelid) / 1024 as kb from pg_index
            where indrelid = 'app.jobs'::regclass and not indisprimary order by 1""").values();
        Expect.that("Indexes of app.jobs beside the primary key", indexes.size() <= 1, "at most 1", indexes, "Every job pays for each of them.");
        Expect.that("The size of the index", indexes.stream().allMatch(index -> ((Number) index.get(1)).longValue() <= 100), "at most 100 kB",
            indexes, "Nobody ever looks for what is done.");
        Expect.sqlState("A second job with the id 1", "23505", () -> execute(clone.owner(),
            "insert into app.jobs overriding system value values (1, 'done', now(), now(), '')"), "The primary key stays.");
    }

    @Test @Order(3) @Needs("runs") @Hint(2) @DisplayName("finding ten jobs is cheap")
    void isCheap(Clone clone, Answer answer) throws SQLException {
        try (var connection = clone.app().connect()) {
            connection.setAutoCommit(false);
            var plan = Plans.analyze(connection, answer.text("claim.sql"));
            connection.rollback();
            var scans = nodes(plan.root()).filter(node -> node.children().isEmpty()).toList();
            Expect.that("The plan of a claim", scans.stream().noneMatch(node -> node.type().equals("Seq Scan")), "no Seq Scan: Finding ten jobs must not read all",
                shown(plan), "Which index has the pending jobs?");
            Expect.that("The plan of a claim", nodes(plan.root()).noneMatch(node -> node.type().equals("Sort") && most(node) > 10),
                "Finding ten jobs sorts no more than ten", shown(plan), "In which order does the index have them?");
            var finding = scans.stream().filter(node -> node.detail().contains("on jobs") && !node.detail().contains("jobs_pkey"))
                .mapToLong(node -> node.hit() + node.read()).sum();
            Expect.that("Finding ten jobs: pages that are read", finding <= 30, "at most 30", shown(plan), "In which order does the index have them?");
        }
    }

    @Test @Order(4) @Needs("runs") @Hint(1) @DisplayName("a claim takes the ten oldest, and a rollback gives them back")
    void takesTheOldest(Clone clone, Answer answer) throws Exception {
        try (var worker = clone.app().connect()) {
            worker.setAutoCommit(false);
            var oldest = Rows.query(worker, OLDEST);
            Expect.table("The ten oldest pending jobs", oldest, claim(worker, answer), "By created_at, which is not the order of the ids.");
            Expect.equal("Claimed jobs that are running, with started_at set to the time", 10L, count(worker,
                "status = 'running' and started_at > now() - interval '1 hour' and id in (" + ids(oldest) + ")"), "A claim writes both columns.");
            Expect.equal("Jobs that a claim of ten has changed", 10L, count(worker, "started_at is not null"), "Ten, no more.");
            worker.rollback();
            Expect.table("The ten oldest pending jobs after a rollback", oldest, claim(worker, answer), "They were given back.");
            worker.rollback();
            try (var statement = worker.createStatement()) {
                statement.execute("set local enable_indexscan = off; set local enable_bitmapscan = off");
            }
            Expect.table("The ten oldest pending jobs when PostgreSQL uses no index", oldest, claim(worker, answer),
                "An index may give an order. Only a query can ask for one.");
            worker.rollback();
        }
    }

    @Test @Order(5) @Needs("takesTheOldest") @Hint(1) @DisplayName("two claims at the same time take different jobs, and nobody waits")
    void twoDoNotWait(Clone clone, Answer answer) throws Exception {
        try (var first = clone.app().connect(); var second = clone.app().connect()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            var next = Rows.query(first, MANY);
            claim(first, answer);
            try (var statement = second.createStatement()) {
                statement.execute("set lock_timeout = '2s'");
            }
            Rows claimed;
            try {
                claimed = Expect.within("A second claim ends", PATIENCE, () -> claim(second, answer));
            } catch (SQLException e) {
                Expect.equal("A second claim beside one that is under way", "the next ten, without waiting", "SQLSTATE " + e.getSQLState() + ", " + e.getMessage(),
                    "What another worker has taken is left out.");
                throw e;
            }
            Expect.table("A second claim beside one that is under way: the next ten", next, claimed, "What another worker has taken is left out.");
            first.rollback();
            second.rollback();
        }
    }

    @Test @Order(6) @Needs("takesTheOldest") @Fresh @Hint(1) @DisplayName("the last jobs are taken, and then none")
    void takesTheLast(Clone clone, Answer answer) throws Exception {
        runs(clone, answer);
        execute(clone.app(), "update app.jobs set status = 'done' where status = 'pending' and id > 600");
        try (var worker = clone.app().connect()) {
            Expect.equal("Jobs of a claim when three are pending", 3, claim(worker, answer).values().size(), "All that are there.");
            Expect.equal("Jobs of the next claim", 0, claim(worker, answer).values().size(), "None is pending any more.");
        }
    }

    private static Rows claim(Connection worker, Answer answer) throws SQLException {
        return Rows.query(worker, answer.text("claim.sql"));
    }

    private static String ids(Rows rows) {
        return String.join(", ", rows.values().stream().map(row -> row.getFirst().toString()).toList());
    }

    private static long count(Connection connection, String where) throws SQLException {
        return ((Number) Rows.query(connection, "select count(*) from app.jobs where " + where).values().getFirst().getFirst()).longValue();
    }

    private static double most(Plan.Node sort) {
        return sort.children().stream().mapToDouble(Plan.Node::actual).max().orElse(0);
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

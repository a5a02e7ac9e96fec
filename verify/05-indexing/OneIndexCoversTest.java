import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.*;

/** A table that is counted in all day. Whether the query visits the table is in the plan: heap fetches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneIndexCoversTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String READS = "select seen from app.views limit 1";
    private static final String WRITES = "update app.views set note = '' where page_id = 1 and day = '2025-03-01'";
    private static final String WAITS = """
        select pid || ' ' || waitstart, extract(epoch from clock_timestamp() - waitstart)::float8 from pg_locks
        where not granted and waitstart is not null and database = (select oid from pg_database where datname = current_database())
        union all select 'asleep', 0 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'""";
    private CatalogSnapshot before;
    private CatalogSnapshot after;

    @Test @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.withRows(clone);
        AnswerMigrations.run(clone, answer);
        after = CatalogSnapshot.withRows(clone);
    }

    @Test @Needs("runs") @Hint(2) @Promises("nothing-else") @DisplayName("rows, columns and rights are as they were")
    void changesNothingElse() {
        Expect.nothingElseChanged("What else is new, changed or gone", before, after, "The table was to have another key, or another index in its place.",
            "(constraint|index) .*(PRIMARY KEY|UNIQUE|CREATE INDEX)", "column app\\.views\\.(page_id|day), was (\\w+)(, not null)?, (default .*), is \\2(, not null)?, \\4$", "comment on (index|constraint)");
    }

    @Test @Needs("runs") @Hint(2) @Promises("key-stays") @DisplayName("the key is as strict as it was")
    void keyStays(Clone clone) {
        Expect.sqlState("A second row for page 7 on a day", "23505", () -> Sql.execute(clone.app(), "insert into app.views values (7, '2025-03-01', 1, '')"),
            "Unique in page and day, whatever the count.");
        Expect.works("Counting with on conflict (page_id, day)", () -> Sql.execute(clone.app(), "insert into app.views values (7, '2025-03-01', 1, '') "
            + "on conflict (page_id, day) do update set seen = app.views.seen + 1"), "It needs a unique index of these two, in any order.");
        for (var none : List.of("null, '2025-03-01'", "7, null")) {
            Expect.sqlState("A row with NULL: " + none, "23502", () -> Sql.execute(clone.app(), "insert into app.views values (" + none + ", 1, '')"),
                "A primary key forbids NULL, a unique index does not.");
        }
        for (var day : List.of("1969-12-31", "2024-12-31", "2030-01-01")) {
            for (int page : new int[] {7, 7777, -7}) {
                Expect.works("The first row of page " + page + " on the " + day, () -> Sql.execute(clone.app(), "insert into app.views values (" + page + ", '" + day + "', 1, '')"),
                    "Nothing is wrong with it.");
                Expect.sqlState("The second row of page " + page + " on the " + day, "23505", () -> Sql.execute(clone.app(),
                    "insert into app.views values (" + page + ", '" + day + "', 2, '')"), "Unique in page and day, whatever the count.");
            }
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("one-index") @DisplayName("the table has one index")
    void oneIndex(Clone clone) throws SQLException {
        var names = Sql.query(clone.owner(), "select indexrelid::regclass::text from pg_index where indrelid = 'app.views'::regclass order by 1").values();
        Expect.that("Indexes of app.views", names.size() == 1, "1", names, "Could the one do the work of the other?");
    }

    @Test @Needs("runs") @Hint(1) @Promises("index-only") @DisplayName("the query reads the index only")
    void readsTheIndexOnly(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "vacuum (analyze, index_cleanup on) app.views");
        var random = RandomData.create();
        try (var app = Sql.connect(clone.app())) {
            for (var day : List.of("2025-02-01", "2025-01-01", "1900-01-01", "2025-07-" + random.number(10, 19))) {
                var plan = QueryPlan.of(app, "select sum(seen) from app.views where page_id = ? and day >= '" + day + "'", random.number(1, 500));
                Expect.that("The plan of the query", plan.has("Index Only Scan"), "an Index Only Scan", plan, "Which column is not in the index?");
                Expect.that("Visits to the table", plan.nodes().stream().anyMatch(node -> node.detail().contains("heap fetches 0")), "heap fetches 0", plan,
                    "Which column is not in the index?");
                Expect.that("Pages that are read", plan.buffers() <= 10, "at most 10", plan, "Equality first, then the range.");
            }
        }
    }

    @Test @Needs("runs") @Fresh @Hint(2) @Promises("gives-up") @DisplayName("it gives up when somebody writes")
    void givesUpBehindAWriter(Clone clone, Answer answer) throws Exception {
        var asItWas = CatalogSnapshot.of(clone);
        try (var writer = working(clone, WRITES)) {
            givesUp(clone, answer, "somebody writes to app.views", () -> { }, writer);
        }
        leavesNothing(clone, asItWas);
    }

    /** A writer is there for the first part of the two seconds, so that who waits once for writers and once for readers waits too long. */
    @Test @Needs("givesUpBehindAWriter") @Fresh @Hint(2) @Promises("gives-up") @DisplayName("it gives up when somebody reads, also when it has waited for a writer before")
    void givesUpBehindAReader(Clone clone, Answer answer) throws Exception {
        var asItWas = CatalogSnapshot.of(clone);
        try (var reader = working(clone, READS); var writer = working(clone, WRITES)) {
            var left = new AtomicBoolean();
            givesUp(clone, answer, "somebody reads app.views, and somebody writes until V2 has waited for 1.7 seconds", () -> {
                left.set(true);
                writer.rollback();
            }, reader, writer);
            if (!left.get()) {
                Sql.execute(reader, READS);
                givesUp(clone, answer, "somebody reads app.views", () -> { }, reader);
            }
        }
        leavesNothing(clone, asItWas);
    }

    /** In a transaction that has done this and stays open. */
    private static Connection working(Clone clone, String work) throws SQLException {
        var connection = Sql.connect(clone.app());
        connection.setAutoCommit(false);
        Sql.execute(connection, work);
        return connection;
    }

    /**
     * How long it waits for locks says PostgreSQL, which knows when a lock began to be waited for; sleep between attempts counts as well.
     *
     * @param soon   is called once, when it has waited for 1.7 seconds
     * @param others whose transactions end when V2 has given up, or should have
     */
    private static void givesUp(Clone clone, Answer answer, String what, Expect.Work soon, Connection... others) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            var migration = Task.start(() -> AnswerMigrations.configure(clone, answer).load().migrate());
            var waits = new HashMap<Object, Double>(); // since when, how long
            var last = new AtomicLong(System.nanoTime());
            var called = new AtomicBoolean();
            Task.until(PATIENCE, () -> {
                var now = System.nanoTime();
                var passed = (now - last.getAndSet(now)) / 1e9;
                for (var wait : Rows.query(observer, WAITS).values()) {
                    if (wait.getFirst().equals("asleep")) {
                        waits.merge("asleep", passed, Double::sum);
                    } else {
                        waits.put(wait.getFirst(), ((Number) wait.getLast()).doubleValue());
                    }
                }
                if (waited(waits) > 1.7 && !called.getAndSet(true)) {
                    soon.run();
                }
                return migration.isDone() || waited(waits) > 2.8;
            });
            var late = waited(waits) > 2.8;
            var ended = migration.isDone();
            for (var other : others) {
                other.rollback();
            }
            var outcome = migration.outcome(PATIENCE);
            Expect.that("How long V2 waits while " + what, ended && !late, "2 seconds at most", late ? "it still waits, or has waited longer" : outcome,
                "Behind a migration that waits, everybody else waits.");
            Expect.that("V2 while " + what, outcome instanceof Task.Outcome.Failed<?>, "it gives up", "it ran", "A key is exchanged under the strong lock.");
        }
    }

    private static void leavesNothing(Clone clone, CatalogSnapshot asItWas) throws SQLException {
        Expect.nothingElseChanged("What V2 leaves behind when it gives up", asItWas, CatalogSnapshot.of(clone), "All of it in one transaction, or nothing.", "nothing at all may be");
    }

    private static double waited(HashMap<Object, Double> waits) {
        return waits.values().stream().mapToDouble(wait -> wait).sum();
    }
}

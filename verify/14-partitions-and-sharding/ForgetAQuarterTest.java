import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.*;

/** Runs the migration alone, and then beside reports, one of which is always open: whatever it waits for, others must go on. */
class ForgetAQuarterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_REPORTS = 12;
    private static final String OTHERS = "select count(*) as visits, sum(hashtext(v::text)::bigint) as sum_of_hashes from app.visits v where day >= '2025-04-01'";
    private static final String WAITING = """
        select count(*) from pg_stat_activity
        where datname = current_database() and usename = 'course_owner' and cardinality(pg_blocking_pids(pid)) > 0""";
    private static final List<String> WORK = List.of(
        "insert into app.visits values ('2025-12-24', 1, '/gifts') on conflict do nothing",
        "update app.visits set page = page where day = '2025-11-11' and user_id = 5",
        "delete from app.visits where day = '2025-12-24' and page = '/gifts'",
        "select count(*) from app.visits where day >= '2025-04-01'");

    @Test @Hint(1) @Promises("forgotten") @DisplayName("the first quarter is forgotten, and so is its table")
    void forgets(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        Expect.equal("Tables called visits_2025_q1, or of its visits", 0L, Sql.number(clone.owner(), """
            select count(*) from pg_class where relkind in ('r', 'p', 'm')
            and (relname = 'visits_2025_q1' or relname like '%2025_q1%')"""), "What is detached or emptied is still there.");
        Expect.equal("Visits of the first quarter", 0L, Sql.number(clone.app(), "select count(*) from app.visits where day < '2025-04-01'"),
            "They are to be nowhere.");
    }

    @Test @Needs("forgets") @Hint(2) @Promises("ahead") @DisplayName("the first quarter of 2026 has a partition")
    void isAhead(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            for (var day : List.of("2026-01-01", "2026-02-14", "2026-03-31")) {
                Expect.works("A visit of " + day, () -> Sql.execute(app, "savepoint s; insert into app.visits values ('" + day + "', 1, '/new')"),
                    "From the first to the last day of the quarter; the upper bound is the first day that does not belong to it.");
            }
            Expect.table("Where visits of 2026 are", Rows.columns("partition").row("app.visits_2026_q1"),
                Rows.query(app, "select distinct tableoid::regclass::text as partition from app.visits where day >= '2026-01-01'"), "The task names it.");
            Expect.equal("Its bounds", "FOR VALUES FROM ('2026-01-01') TO ('2026-04-01')", text(app,
                "select pg_get_expr(relpartbound, oid) from pg_class where oid = 'app.visits_2026_q1'::regclass"), "January to March 2026, and no other day.");
            app.rollback();
            for (var day : List.of("2026-04-01", "2025-03-31")) {
                Expect.sqlState("A visit of " + day, "23514", () -> Sql.execute(app, "insert into app.visits values ('" + day + "', 1, '/new')"),
                    "No partition is for that day, and none for whatever comes.");
                app.rollback();
            }
        }
    }

    @Test @Fresh @Needs("isAhead") @Hint(2) @Promises("kept") @DisplayName("all else stays as it is")
    void keepsTheRest(Clone clone, Answer answer) throws SQLException {
        var visits = Sql.query(clone.app(), OTHERS);
        var before = CatalogSnapshot.of(clone);
        AnswerMigrations.run(clone, answer);
        Expect.table("All other visits", visits, Sql.query(clone.app(), OTHERS), "A quarter was to go.");
        Expect.nothingElseChanged("What else is new, changed or gone", before, CatalogSnapshot.of(clone), "One partition goes, and one comes.",
            "gone: [^(]*visits_2025_q1", "new: [^(]*visits_2026_q1");
        Expect.table("Constraints and indexes of app.visits_2026_q1", rules(clone, "visits_2025_q4"), rules(clone, "visits_2026_q1"), "It is a quarter like the others.");
    }

    /** Without the names, in which the partition's own occurs. */
    private static Rows rules(Clone clone, String partition) throws SQLException {
        return Sql.query(clone.owner(), """
            select 'constraint' as kind, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = ('app.' || ?)::regclass
            union all
            select 'index', regexp_replace(pg_get_indexdef(indexrelid), 'INDEX .* ON .* USING', 'INDEX USING') from pg_index where indrelid = ('app.' || ?)::regclass""",
            partition, partition);
    }

    @Test @Fresh @Needs("isAhead") @Hint(1) @Promises("nobody-waits") @DisplayName("nobody waits, whatever reports are open")
    void nobodyWaits(Clone clone, Answer answer) throws Exception {
        try (var user = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
            Sql.execute(user, "set lock_timeout = '500ms'");
            var report = report(clone);
            try {
                var migration = Task.start(() -> {
                    AnswerMigrations.run(clone, answer);
                    return "done";
                });
                for (int n = 0; n < MOST_REPORTS && !migration.isDone(); n++) {
                    Task.until(PATIENCE, () -> migration.isDone() || ((Number) Rows.query(observer, WAITING).values().getFirst().getFirst()).longValue() > 0);
                    for (var statement : WORK) {
                        Expect.works("While a report is open and the migration runs: " + statement, () -> Sql.execute(user, statement),
                            "For which lock does each statement of the file ask, and who waits behind it?");
                    }
                    var next = report(clone);            // before this one ends: the migration meets one whenever it asks
                    report.close();
                    report = next;
                }
                report.close();
                Expect.equal("The migration, when all reports are over", "done", migration.outcome(PATIENCE).toString().replace("\"", "").replace("'", ""), "PostgreSQL's words name the file and its line.");
            } finally {
                report.close();
            }
        }
    }

    @Test @Fresh @Needs("nobodyWaits") @Hint(1) @Promises({"nobody-waits", "forgotten"}) @DisplayName("not even for a moment, and a report of some seconds delays it only")
    void asksForNoStrongLock(Clone clone, Answer answer) throws Exception {
        try (var observer = Sql.connect(clone.observer()); var report = report(clone)) {
            var migration = Task.start(() -> {
                AnswerMigrations.run(clone, answer);
                return "done";
            });
            var strong = new Rows[] {strongLocks(observer)};
            Task.until(PATIENCE, () -> {
                strong[0] = strong[0].values().isEmpty() ? strongLocks(observer) : strong[0];
                return migration.isDone() || !strong[0].values().isEmpty() || waited(observer) > 2.6; // longer than a careful lock_timeout
            });
            Expect.table("Locks of the migration, had or asked for, behind which those wait who read or write other quarters", Rows.columns("relation", "mode"), strong[0],
                "Whoever asks for such a lock lets others wait behind him, also with a lock_timeout, until he gives up.");
            report.rollback();
            var outcome = migration.outcome(PATIENCE);
            Expect.that("The migration after a report of some seconds", outcome instanceof Task.Outcome.Value<String>, "done", outcome, "A detach that gives up half-way leaves a partition that is neither there nor gone.");
        }
    }

    /** For how many seconds the migration has waited for what it waits for now. */
    private static double waited(Connection observer) throws SQLException {
        return ((Number) Rows.query(observer, """
            select coalesce(extract(epoch from clock_timestamp() - min(waitstart)), 0)::float8 from pg_locks
            where not granted and pid in (select pid from pg_stat_activity where datname = current_database() and usename = 'course_owner')""")
            .values().getFirst().getFirst()).doubleValue();
    }

    private static Rows strongLocks(Connection observer) throws SQLException {
        return Rows.query(observer, """
            select c.relname as relation, l.mode from pg_locks l join pg_class c on c.oid = l.relation
            where c.relname like 'visits%' and c.relname not in ('visits_2025_q1', 'visits_2026_q1') and c.relkind in ('r', 'p')
            and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')""");
    }

    /** A transaction that has read all visits, and stays open. */
    private static Connection report(Clone clone) throws SQLException {
        var report = Sql.connect(clone.app());
        try {
            Sql.execute(report, "set lock_timeout = '500ms'");
            report.setAutoCommit(false);
            Expect.works("While the migration runs, a report begins and reads app.visits", () -> Rows.query(report, "select count(*) from app.visits"),
                "For which lock does each statement of the file ask, and who waits behind it?");
            return report;
        } catch (SQLException | RuntimeException | Error e) {
            report.close();
            throw e;
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        return String.valueOf(Rows.query(connection, sql).values().getFirst().getFirst());
    }
}

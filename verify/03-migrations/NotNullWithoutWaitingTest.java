import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.*;

/**
 * A column becomes NOT NULL while others work. Which lock a file takes is seen from outside: it must wait for somebody who has it.
 * What it reads and writes is counted by PostgreSQL, and how long it waits is asked of its clock, so that a slow machine is not
 * taken for a wait.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotNullWithoutWaitingTest {
    private static final long FEW_ROWS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<String> STRONG = Set.of("ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock");
    private static final String IS_NOT_NULL = "^changed: column app\\.orders\\.customer_id, was bigint(, default .*), is bigint, not null\\1$";
    private static final String CHECK = "^new: constraint \\S+ on app\\.orders \\(CHECK \\(\\(customer_id IS NOT NULL\\)\\)";

    private CatalogSnapshot before;
    private List<Behaviour> observed = List.of();

    /** Whether a file needed a lock that readers or writers wait for, and how many rows it read or wrote once it had it. */
    private record Behaviour(String file, boolean strongLock, long rows) { }

    /** What came of a file that ran while somebody had a lock: whether it gave up, for which locks it was seen to wait, and for how many seconds. */
    private record Attempt(boolean gaveUp, Set<String> modes, double seconds) {
        boolean strong() {
            return modes.stream().anyMatch(STRONG::contains);
        }
    }

    /** What the statistics know of the table; another file on disk means that all of it was written anew. */
    private record Work(long rows, String file) {
        long since(Work earlier) {
            return file.equals(earlier.file) ? rows - earlier.rows : Long.MAX_VALUE / 2;
        }
    }

    @Test @Hint(1) @DisplayName("the migrations run")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.withRows(clone);
        AnswerMigrations.run(clone, answer);
    }

    @Test @Needs("runs") @Hint(2) @Promises("not-null") @DisplayName("the column is not null: an order without a customer is refused")
    void refusesNull(Clone clone) throws SQLException {
        expectNotNull(clone);
        for (var statement : List.of("insert into app.orders (customer_id, cents) values (null, 100)", "update app.orders set customer_id = null where id = 7")) {
            Expect.sqlState("It is refused, because the column is not null: " + statement, "23502", () -> Sql.execute(clone.app(), statement),
                "A check constraint does not make the column not null. Which file says `set not null`?");
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("rows-checked") @DisplayName("no rule is left unchecked")
    void everyRowIsChecked(Clone clone) throws SQLException {
        expectChecked(clone);
    }

    @Test @Needs("refusesNull") @Hint(1) @Promises("nothing-else") @DisplayName("nothing else is new or changed")
    void nothingElse(Clone clone) throws SQLException {
        Expect.nothingElseChanged("What has changed besides the column", before, CatalogSnapshot.withRows(clone),
            "One column shall be not null. What else did the files make, and who removes it?", IS_NOT_NULL, CHECK);
    }

    @Test @Needs({"refusesNull", "everyRowIsChecked"}) @Fresh @Hint(1) @Promises("gives-up") @DisplayName("a file that cannot have its lock gives up, and can be run again")
    void givesUpWaiting(Clone clone, Answer answer) throws Exception {
        var seen = new ArrayList<Behaviour>();
        for (var file : flyway(clone, answer, MigrationVersion.LATEST).info().pending()) {
            var start = work(clone);
            var attempt = waitsFor("share update exclusive", 0, clone, answer, file);
            var strong = attempt.strong();
            if (attempt.gaveUp() && !strong) {
                start = work(clone);
                // Who waits long for the weak lock gets it in the last moment; what is left of the two seconds is for the strong one.
                var heldBefore = attempt.seconds() > 0.8 ? attempt.seconds() * 0.85 : 0;
                attempt = waitsFor("row exclusive", heldBefore, clone, answer, file);
                if (heldBefore > 0 && attempt.gaveUp() && !attempt.strong()) { // perhaps it has not seen the strong lock at all
                    start = work(clone);
                    attempt = waitsFor("row exclusive", 0, clone, answer, file);
                }
                strong = attempt.gaveUp();
            }
            var waited = work(clone);
            if (strong) {
                Expect.works(file.getScript() + " runs again, after it gave up", () -> flyway(clone, answer, file.getVersion()).migrate(),
                    "A file that failed has left nothing, where it ran in a transaction. PostgreSQL's words name the line.");
            }
            seen.add(new Behaviour(file.getScript(), strong, strong ? work(clone).since(waited) - waited.since(start) : 0));
        }
        observed = seen;
        expectNotNull(clone);
        expectChecked(clone);
    }

    @Test @Needs("givesUpWaiting") @Hint(2) @Promises("weak-lock") @DisplayName("no file reads or writes the rows under a strong lock")
    void readsUnderWeakLock() {
        for (var file : observed) {
            Expect.that(file.file() + " does not read or write the rows while everybody waits for it", file.rows() < FEW_ROWS, "no row, or a lock that neither readers nor writers wait for",
                (file.rows() > Integer.MAX_VALUE ? "the table written anew" : file.rows() + " rows read or written") + " under a lock that they wait for",
                "A lock stays until the end of the file. Which statement reads, and which lock does the file hold by then?");
        }
    }

    private static void expectNotNull(Clone clone) throws SQLException {
        Expect.table("The column customer_id of app.orders", Rows.columns("not null").row(true), Sql.query(clone.app(),
            "select attnotnull as \"not null\" from pg_attribute where attrelid = 'app.orders'::regclass and attname = 'customer_id'"),
            "A check constraint does not make the column not null. Which file says `set not null`?");
    }

    private static void expectChecked(Clone clone) throws SQLException {
        Expect.equal("Constraints of app.orders that PostgreSQL has not checked for the old rows", List.of(), Sql.query(clone.app(),
            "select conname::text from pg_constraint where conrelid = 'app.orders'::regclass and not convalidated").values().stream().map(List::getFirst).toList(),
            "`not valid` is a promise to look later. Did anybody look?");
    }

    /**
     * Runs a file while somebody has that lock on the table, and waits until it has ended.
     *
     * @param heldBefore for so many seconds of its waits another session has the table locked in share update exclusive mode besides
     */
    private static Attempt waitsFor(String mode, double heldBefore, Clone clone, Answer answer, MigrationInfo file) throws Exception {
        var somebodysLock = "while somebody has locked app.orders in " + mode + " mode" + (heldBefore > 0 ? ", and for the first %.1f s another one in share update exclusive mode".formatted(heldBefore) : "");
        try (var somebody = Sql.connect(clone.app()); var another = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
            somebody.setAutoCommit(false);
            another.setAutoCommit(false);
            Sql.execute(somebody, "lock table app.orders in " + mode + " mode");
            if (heldBefore > 0) {
                Sql.execute(another, "lock table app.orders in share update exclusive mode");
            }
            var running = Task.start(() -> flyway(clone, answer, file.getVersion()).migrate().migrationsExecuted);
            var modes = new HashSet<String>();
            var first = Double.NaN;
            var seconds = 0.0;
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (!running.isDone()) {
                for (var row : waits(observer)) {
                    first = Double.isNaN(first) ? ((Number) row.get(1)).doubleValue() : first;
                    modes.add(String.valueOf(row.getFirst()));
                }
                seconds = Math.max(seconds, now(observer) - (Double.isNaN(first) ? startOfTransaction(observer) : first));
                if (seconds >= heldBefore) {
                    another.rollback();
                }
                Expect.that(file.getScript() + " gives up " + somebodysLock, seconds < 2.8, "SQLSTATE 55P03 after two seconds at most", "later than that it still waits for a lock",
                    "Behind a migration that waits, everybody else waits. Which setting bounds the wait for a lock? Each file is a session of its own.");
                Expect.that(file.getScript() + " ends " + somebodysLock, System.nanoTime() < end, "an end", "it still runs", "For what does it wait?");
                Thread.sleep(10);
            }
            var outcome = running.outcome(PATIENCE);
            Expect.that(file.getScript() + " works or gives up " + somebodysLock, outcome instanceof Task.Outcome.Value || outcome.sqlState().equals("55P03"),
                "no error, or SQLSTATE 55P03", outcome, "PostgreSQL's words name the line. Which setting bounds the wait for a lock, and nothing else?");
            return new Attempt(!(outcome instanceof Task.Outcome.Value), modes, seconds);
        }
    }

    /** Mode and begin of each wait of the owner for a lock. */
    private static List<List<Object>> waits(Connection observer) throws SQLException {
        return Rows.query(observer, """
            select mode, extract(epoch from waitstart)::float8 from pg_locks where not granted and waitstart is not null
            and pid in (select pid from pg_stat_activity where datname = current_database() and usename = 'course_owner') order by waitstart""").values();
    }

    /** Of the owner's session that is at work: who asks for a lock again and again is not seen to wait. */
    private static double startOfTransaction(Connection observer) throws SQLException {
        return ((Number) Rows.query(observer, """
            select coalesce(extract(epoch from min(xact_start)), extract(epoch from clock_timestamp()))::float8 from pg_stat_activity
            where datname = current_database() and usename = 'course_owner' and state = 'active'""").values().getFirst().getFirst()).doubleValue();
    }

    private static double now(Connection observer) throws SQLException {
        return ((Number) Rows.query(observer, "select extract(epoch from clock_timestamp())::float8").values().getFirst().getFirst()).doubleValue();
    }

    /** Rows that scans and writers have touched so far. A session reports when it ends, so those of the owner must be gone. */
    private static Work work(Clone clone) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            var gone = Task.until(PATIENCE, () -> Rows.query(observer, "select from pg_stat_activity where datname = current_database() and usename = 'course_owner'").values().isEmpty());
            Expect.that("Sessions of the migration end", gone, "no session", "one is still there", "Is something of it left running?");
            var row = Rows.query(observer, """
                select seq_tup_read + coalesce(idx_tup_fetch, 0) + n_tup_ins + n_tup_upd + n_tup_del, format('%s %s', relid, pg_relation_filenode(relid))
                from pg_stat_user_tables where schemaname = 'app' and relname = 'orders'""").values().getFirst();
            return new Work(((Number) row.getFirst()).longValue(), String.valueOf(row.getLast()));
        }
    }

    private static Flyway flyway(Clone clone, Answer answer, MigrationVersion target) {
        return AnswerMigrations.configure(clone, answer).target(target).load();
    }
}

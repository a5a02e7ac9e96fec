import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.*;

/**
 * An index is built while others write, is interrupted wherever it waits and after each statement, and is built again. A writer whose
 * transaction is open makes every kind of build wait; the next one begins before it ends, so that there is time to look at each wait.
 */
class RetrySafeIndexTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST = 20;
    private static final String BUILD = "create index concurrently events_by_account on app.events (account_id)";
    /** Of what repair does all that matters between two attempts, and sooner. */
    private static final String REPAIR = "delete from flyway_schema_history where not success";
    private static final String FORGET = "delete from flyway_schema_history where version is not null";
    private static final String THE_INDEX = "^(new|changed): index app\\.events_by_account[, ]";

    private static final String STRONG_LOCKS = """
        select distinct mode from pg_locks join pg_class on pg_class.oid = relation join pg_stat_activity a using (pid)
        where relname = 'events' and a.usename = 'course_owner' and a.datname = current_database()
        and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')""";

    /** What is done when V2 waits for a writer. */
    private interface Meanwhile {
        /**
         * @param wait from 1
         * @param pid  of the backend that waits
         */
        void at(int wait, int pid) throws Exception;
    }

    @Test @Hint(1) @Promises({"one-index", "nothing-beside"}) @DisplayName("it runs where an interrupted attempt left an invalid index, and makes it valid")
    void runs(Clone clone, Answer answer) throws Exception {
        leaveInvalidIndex(clone);
        var before = CatalogSnapshot.withRows(clone);
        migrate(clone, answer);
        expectIndex(clone, "after V2 ran where there was an invalid one");
        expectNothingBeside(before, clone, "V2 ran where there was an invalid index");
    }

    @Test @Fresh @Needs("runs") @Hint(2) @Promises({"one-index", "nothing-beside"}) @DisplayName("it runs where there never was such an index")
    void runsFromNothing(Clone clone, Answer answer) throws Exception {
        var before = CatalogSnapshot.withRows(clone);
        migrate(clone, answer);
        expectIndex(clone, "after V2 ran on a database without it");
        expectNothingBeside(before, clone, "V2 ran on a database without the index");
    }

    @Test @Fresh @Needs("runs") @Hint(1) @Promises("writers-go-on") @DisplayName("nobody who writes waits for it")
    void writersGoOn(Clone clone, Answer answer) throws Exception {
        leaveInvalidIndex(clone);
        try (var writer = Sql.connect(clone.app())) {
            Sql.execute(writer, "set lock_timeout = '500ms'");
            var waits = new int[1];
            Meanwhile written = (wait, pid) -> {
                waits[0] = wait;
                for (var statement : List.of("insert into app.events (account_id, kind) values (1, 'login')", "update app.events set kind = kind where id = 7", "delete from app.events where kind = 'nothing'")) {
                    Expect.works("While V2 waits for an older transaction: " + statement, () -> Sql.execute(writer, statement),
                        "Which lock does each statement of the file take, on the table and on its index?");
                }
            };
            var outcome = besideWriters(clone, answer, written);
            for (int again = 1; again <= 2 && waits[0] == 0 && !(outcome instanceof Task.Outcome.Value); again++) {
                Sql.execute(clone.owner(), REPAIR);
                outcome = besideWriters(clone, answer, written);
            }
            Expect.that("V2 beside a writer", outcome instanceof Task.Outcome.Value || waits[0] > 0, "it runs, or waits until he has ended", outcome + ", and it was never seen to wait",
                "A lock that writers do not wait for is free beside them. For which one does V2 ask?");
            Expect.that("V2 beside writers", outcome instanceof Task.Outcome.Value || "55P03".equals(outcome.sqlState()), "it runs, or gives up waiting", outcome, "PostgreSQL's words name the file's line.");
        }
    }

    @Test @Fresh @Needs({"writersGoOn", "runsFromNothing"}) @Hint(2) @Promises("run-again") @DisplayName("interrupted wherever it waits, it can be run again")
    void canBeRunAgain(Clone clone, Answer answer) throws Exception {
        var before = CatalogSnapshot.withRows(clone);
        for (int at = 1; at <= MOST && isInterrupted(clone, answer, at); at++) {
            Sql.execute(clone.owner(), REPAIR);
        }
        expectRunsAgain(clone, answer, before, "was interrupted at each of its waits, one after the other");
    }

    @Test @Needs("runs") @Hint(2) @Promises("run-again") @DisplayName("interrupted after any statement, it can be run again")
    void canBeRunAfterEachStatement(Clone clone, Answer answer) throws Exception {
        var before = CatalogSnapshot.withRows(clone);
        // The machine went away when all was done, before Flyway could write down that it was.
        Sql.execute(clone.owner(), FORGET);
        for (int statements = 1; statements <= MOST && isInterruptedAfter(clone, answer, statements); statements++) {
            Sql.execute(clone.owner(), REPAIR);
        }
        expectRunsAgain(clone, answer, before, "was interrupted at its very end, and then after each of its statements");
    }

    private static void migrate(Clone clone, Answer answer) throws Exception {
        Expect.within("V2 ends", PATIENCE, () -> {
            try {
                flyway(clone, answer).migrate();
            } catch (RuntimeException e) {
                Expect.works("V2 runs", () -> { throw e; }, String.valueOf(e.getMessage()).contains("mixed is false")
                    ? "Some of its statements can run in a transaction, some cannot. What does the task say of a file V2__events_by_account.sql.conf?" : "What is there already, and what is not?");
            }
            return "ended";
        }, "Which transaction does it wait for?");
    }

    private static void expectRunsAgain(Clone clone, Answer answer, CatalogSnapshot before, String what) throws Exception {
        // As an operator would: Flyway remembers that a file without a transaction failed half-way.
        flyway(clone, answer).repair();
        Expect.works("V2, run again after it " + what, () -> flyway(clone, answer).migrate(), "What did the interrupted attempt leave behind, and which statement meets it now?");
        expectIndex(clone, "after V2 " + what + ", and ran again");
        expectNothingBeside(before, clone, "V2 " + what + ", and ran again");
    }

    private static void expectIndex(Clone clone, String when) throws SQLException {
        Expect.table("The index events_by_account " + when, Rows.columns("valid", "kind", "columns", "rows").row(true, "btree", "account_id", "all"), Sql.query(clone.app(), """
            select indisvalid as valid, amname as kind,
              (select string_agg(pg_get_indexdef(indexrelid, n, true), ', ' order by n) from generate_series(1, indnatts) n) as columns,
              case when indpred is null then 'all' else pg_get_expr(indpred, indrelid) end as rows
            from pg_index join pg_class c on c.oid = indexrelid join pg_am on pg_am.oid = relam
            where indrelid = 'app.events'::regclass and c.relname = 'events_by_account'"""),
            "Its name and its column are in the task. An invalid index costs at every write and serves no query. Does anything in the file remove it?");
    }

    private static void expectNothingBeside(CatalogSnapshot before, Clone clone, String when) throws SQLException {
        Expect.nothingElseChanged("What has changed besides events_by_account after " + when, before, CatalogSnapshot.withRows(clone),
            "Another index, valid or not, costs at every write. What else did the file make, and who removes it?", THE_INDEX);
    }

    /** What happened in production: a build that waited, and was cancelled. */
    private static void leaveInvalidIndex(Clone clone) throws Exception {
        try (var owner = Sql.connect(clone.owner())) {
            besideWriters(clone, () -> {
                Sql.execute(owner, BUILD);
                return 1;
            }, (wait, pid) -> interrupt(clone, pid, "pg_cancel_backend"));
        }
    }

    /** Runs V2, and interrupts it at one of its waits, as an operator does, or the machine; false where it ends before. */
    private static boolean isInterrupted(Clone clone, Answer answer, int at) throws Exception {
        var outcome = besideWriters(clone, answer, (wait, pid) -> {
            if (wait == at) {
                interrupt(clone, pid, at % 2 == 1 ? "pg_cancel_backend" : "pg_terminate_backend");
            }
        });
        var ended = outcome instanceof Task.Outcome.Value;
        Expect.that("V2, run again after an interruption", ended || outcome.sqlState().matches("57...|08...|55P03"), "no error but the next interruption", outcome,
            "What did the interrupted build leave behind, and which statement meets it now?");
        return !ended;
    }

    /** Runs V2, and interrupts it when so many of its statements are done; false where it has fewer. */
    private static boolean isInterruptedAfter(Clone clone, Answer answer, int statements) {
        var interruption = new IllegalStateException("interrupted after statement " + statements);
        var done = new int[1];
        var flyway = AnswerMigrations.configure(clone, answer).callbacks(new BaseCallback() {
            @Override public void handle(Event event, Context context) {
                if (event == Event.AFTER_EACH_MIGRATE_STATEMENT && ++done[0] == statements) {
                    throw interruption;
                }
            }
        }).load();
        try {
            flyway.migrate();
            return false;
        } catch (RuntimeException e) {
            Expect.that("V2, run again after an interruption", done[0] == statements, "no error but the next interruption", e, "What did the interrupted attempt leave behind, and which statement meets it now?");
            return true;
        }
    }

    private static Task.Outcome<Integer> besideWriters(Clone clone, Answer answer, Meanwhile meanwhile) throws Exception {
        return besideWriters(clone, () -> flyway(clone, answer).migrate().migrationsExecuted, meanwhile);
    }

    /** Runs it while somebody writes, and does something each time it waits for him. */
    private static Task.Outcome<Integer> besideWriters(Clone clone, Callable<Integer> migration, Meanwhile meanwhile) throws Exception {
        var writer = write(clone);
        try (var observer = Sql.connect(clone.observer())) {
            var task = Task.start(migration);
            for (int wait = 1; ; wait++) {
                var waiting = waitsFor(observer, writer, task);
                if (waiting == 0) {
                    return task.outcome(PATIENCE);
                }
                meanwhile.at(wait, waiting);
                var next = write(clone);
                writer.close();
                writer = next;
            }
        } finally {
            writer.close();
        }
    }

    /** The backend of the owner that waits for the writer; 0 where the task has ended without. */
    private static int waitsFor(Connection observer, Connection writer, Task<?> task) throws Exception {
        var waiting = new int[1];
        Task.until(PATIENCE, () -> {
            for (var row : Rows.query(observer, "select pid, ? = any(pg_blocking_pids(pid)) from pg_stat_activity where datname = current_database() and usename = 'course_owner'", Sql.pid(writer)).values()) {
                waiting[0] = row.getLast().equals(true) ? ((Number) row.getFirst()).intValue() : waiting[0];
            }
            Expect.equal("Locks of V2 on app.events that writers wait for, while V2 waits for an older transaction", List.of(), Rows.query(observer, STRONG_LOCKS).values().stream().map(List::getFirst).toList(),
                "Which lock do `create index` and `drop index` take, and which do they take with `concurrently`?");
            return waiting[0] != 0 || task.isDone();
        });
        return waiting[0];
    }

    private static Connection write(Clone clone) throws SQLException {
        var writer = Sql.connect(clone.app());
        writer.setAutoCommit(false);
        Sql.execute(writer, "insert into app.events (account_id, kind) values (1, 'logout')");
        Sql.execute(writer, "update app.events set kind = kind where id = 0"); // who updates has locked the indexes, too, until he ends
        return writer;
    }

    private static void interrupt(Clone clone, int pid, String how) throws SQLException {
        Sql.query(clone.observer(), "select " + how + "(?)", pid);
    }

    private static Flyway flyway(Clone clone, Answer answer) {
        return AnswerMigrations.configure(clone, answer).load();
    }
}

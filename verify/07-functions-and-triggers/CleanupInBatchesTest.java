import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.*;

/**
 * 5500 events, one a minute, of which all but the newest 1199 are old. A trigger of the verifier notes how many rows each
 * transaction deletes, and a lock of the verifier stops the clean-up where others can look at it.
 */
class CleanupInBatchesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final OffsetDateTime BEFORE = OffsetDateTime.parse("2026-01-01T00:00Z").minusMinutes(1199);
    private static final int EVENTS = 5500;
    private static final int KEPT = 1199;
    private static final String MINUTES = "select timestamptz '2026-01-01 00:00 UTC' - n * interval '1 minute', 'event ' || n from generate_series(1, 5500) n";

    @Test @DisplayName("cleanup.sql runs, as the owner")
    void runs(Clone clone, Answer answer) {
        Expect.works("cleanup.sql runs", () -> {
            Sql.script(clone.owner(), answer.text("cleanup.sql"));
            Sql.execute(clone.owner(), """
                create schema probe;
                create table probe.deleted (transaction bigint, rows bigint);
                create function probe.note() returns trigger language plpgsql security definer as $$
                begin
                  insert into probe.deleted select txid_current(), count(*) from gone;
                  return null;
                end $$;
                create trigger probe after delete on app.events referencing old table as gone
                  for each statement execute function probe.note()""");
        }, "PostgreSQL's words name the place.");
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("old events go, newer ones stay")
    @Promises({"deletes-all", "any-connection", "as-lent"})
    void deletesTheOldOnes(Clone clone) throws Exception {
        begin(clone, MINUTES);
        cleanUp(clone, true, Isolation.READ_COMMITTED, BEFORE);
        Expect.table("Events that are left, and how many of them are old", Rows.unnamed().row(KEPT, 0), Sql.query(clone.owner(),
            "select count(*), count(*) filter (where happened_at < '" + BEFORE + "') from app.events"),
            "The event of that very minute did not happen before it.");
    }

    @Test @Needs("deletesTheOldOnes") @Hint(2) @DisplayName("in transactions of 1000 rows")
    @Promises({"bites", "progress"})
    void inBites(Clone clone) throws Exception {
        begin(clone, MINUTES);
        cleanUp(clone, true, Isolation.READ_COMMITTED, BEFORE);
        bites(clone, "", 1000, 1000, 1000, 1000, EVENTS - KEPT - 4000);
    }

    @Test @Needs("inBites") @Hint(2) @DisplayName("also where many events happened at the same time")
    @Promises("bites")
    void manyAtTheSameTime(Clone clone) throws Exception {
        begin(clone, "select timestamptz '2025-12-01 00:00 UTC' + n / 2200 * interval '1 day', 'event ' || n from generate_series(1, 3000) n");
        cleanUp(clone, true, Isolation.READ_COMMITTED, BEFORE);
        bites(clone, ", of 3000 at two times", 1000, 1000, 1000);
    }

    @Test @Needs("deletesTheOldOnes") @Hint(1) @DisplayName("to the microsecond, in any time zone, and when there is nothing to do")
    @Promises({"deletes-all", "any-connection"})
    void toTheMicrosecond(Clone clone) throws Exception {
        var moment = BEFORE.plusNanos(500_900_000);
        for (var offset : new ZoneOffset[] {ZoneOffset.ofHoursMinutes(-3, -30), ZoneOffset.ofHoursMinutes(5, 45)}) {
            begin(clone, """
                select t, event from (values ('long ago', timestamptz '-infinity'), ('before 1970', '1969-12-31 23:59 UTC'), ('a microsecond before', '%1$s'::timestamptz
                  - interval '1 microsecond'), ('at that moment', '%1$s'), ('a microsecond after', '%1$s'::timestamptz + interval '1 microsecond'),
                  ('in the future', '2099-01-01 UTC')) as events (event, t)""".formatted(moment));
            for (int call = 1; call <= 2; call++) {
                cleanUp(clone, true, Isolation.READ_COMMITTED, moment.withOffsetSameInstant(offset));
                Expect.tableInOrder("Events that are left, of some around that moment, which the caller gave with the offset " + offset,
                    Rows.unnamed().row("at that moment").row("a microsecond after").row("in the future"),
                    Sql.query(clone.owner(), "select body from app.events order by happened_at"), "An OffsetDateTime is a moment, wherever the clock hangs.");
            }
        }
    }

    @Test @Needs("inBites") @Hint(1) @DisplayName("the routine itself does all of it")
    @Promises({"deletes-all", "bites"})
    void calledFromPsql(Clone clone) throws Exception {
        begin(clone, MINUTES);
        var kind = Sql.text(clone.owner(), "select prokind::text from pg_proc where oid = to_regproc('app.delete_old_events')");
        var call = (kind.equals("p") ? "call" : "select") + " app.delete_old_events('" + BEFORE + "')";
        try (var app = app(clone, true, Isolation.READ_COMMITTED)) {
            Expect.works("`" + call + "` by itself", () -> Sql.execute(app, call), "What is it that may commit in the database?");
        }
        Expect.table("Events that are left after `" + call + "`", Rows.unnamed().row(KEPT), Sql.query(clone.owner(), "select count(*) from app.events"),
            "Not everybody who cleans up has your Java at hand.");
        bites(clone, ", called by itself", 1000, 1000, 1000, 1000, EVENTS - KEPT - 4000);
    }

    @Test @Needs("deletesTheOldOnes") @Hint(1) @DisplayName("with autocommit off it works as well, and stays off")
    @Promises({"any-connection", "as-lent"})
    void withoutAutocommit(Clone clone) throws Exception {
        begin(clone, MINUTES);
        cleanUp(clone, false, Isolation.REPEATABLE_READ, BEFORE);
        Expect.table("Events that are left", Rows.unnamed().row(KEPT), Sql.query(clone.owner(), "select count(*) from app.events"),
            "In which state of the connection may a procedure commit?");
        bites(clone, ", with autocommit off", 1000, 1000, 1000, 1000, EVENTS - KEPT - 4000);
    }

    @Test @Needs("inBites") @Hint(2) @DisplayName("others see the progress, oldest first")
    @Promises({"progress", "oldest-first", "deletes-all"})
    void progressIsVisible(Clone clone) throws Exception {
        begin(clone, MINUTES);
        try (var holder = Sql.connect(clone.owner()); var app = app(clone, true, Isolation.READ_COMMITTED)) {
            var cleaning = stoppedAt(clone, 2500, holder, app);
            Expect.table("What others see while the clean-up waits for the 2500th oldest event", Rows.columns("events", "oldest_left")
                .row(EVENTS - 2000, "event " + (EVENTS - 2000)), Sql.query(clone.owner(), """
                    select count(*) as events, (select body from app.events order by happened_at limit 1) as oldest_left
                    from app.events"""), "Two full bites should be done and committed by now, of the oldest rows.");
            holder.rollback();
            Expect.equal("The clean-up goes on when the lock is gone", "it ended well", cleaning.outcome(PATIENCE).toString(), "Until when does it go on?");
        }
        Expect.table("Events that are left in the end", Rows.unnamed().row(KEPT), Sql.query(clone.owner(), "select count(*) from app.events"),
            "Until when does it go on?");
    }

    @Test @Needs("progressIsVisible") @Hint(2) @DisplayName("cancelled, it keeps what is done, and the caller knows")
    @Promises({"progress", "failure", "as-lent"})
    void cancelled(Clone clone) throws Exception {
        for (var autocommit : new boolean[] {true, false}) {
            begin(clone, MINUTES);
            try (var holder = Sql.connect(clone.owner()); var app = app(clone, autocommit, Isolation.READ_COMMITTED)) {
                var lent = ConnectionState.of(app);
                var cleaning = stoppedAt(clone, 3500, holder, app);
                Sql.query(clone.observer(), "select pg_cancel_backend(?)", Sql.pid(app));
                failed("somebody cancels the clean-up", "57014", cleaning);
                holder.rollback();
                Expect.asLent("The connection after the failure", lent, ConnectionState.of(app), "It was like that before.");
                Expect.table("Events that are left after the third bite", Rows.unnamed().row(EVENTS - 3000),
                    Sql.query(clone.owner(), "select count(*) from app.events"), "What was committed is done.");
            }
        }
    }

    @Test @Needs("cancelled") @Hint(2) @DisplayName("when the connection dies, the caller hears why")
    @Promises({"failure", "progress"})
    void killed(Clone clone) throws Exception {
        for (var autocommit : new boolean[] {true, false}) {
            begin(clone, MINUTES);
            try (var holder = Sql.connect(clone.owner()); var app = app(clone, autocommit, Isolation.READ_COMMITTED)) {
                var cleaning = stoppedAt(clone, 1500, holder, app);
                Faults.kill(clone, app);
                failed("an administrator ends the connection", "57P01", cleaning);
                holder.rollback();
                Expect.table("Events that are left after the first bite", Rows.unnamed().row(EVENTS - 1000),
                    Sql.query(clone.owner(), "select count(*) from app.events"), "What was committed is done.");
            }
        }
    }

    @Test @Needs("progressIsVisible") @Hint(2) @DisplayName("somebody else deletes old events, a whole bite of them, and the others go all the same")
    @Promises("deletes-all")
    void othersDelete(Clone clone) throws Exception {
        begin(clone, MINUTES);
        try (var holder = Sql.connect(clone.owner()); var app = app(clone, true, Isolation.READ_COMMITTED)) {
            holder.setAutoCommit(false);
            Sql.execute(holder, "delete from app.events where happened_at in (select happened_at from app.events order by happened_at offset 1000 limit 1000)");
            var cleaning = stoppedAt(clone, 1500, holder, app);
            holder.commit();
            Expect.equal("The clean-up goes on when the events are gone for which it waited", "it ended well", cleaning.outcome(PATIENCE).toString(),
                "Until when does it go on?");
        }
        Expect.table("Events that are left, after somebody else deleted the second thousand meanwhile", Rows.unnamed().row(KEPT),
            Sql.query(clone.owner(), "select count(*) from app.events"), "A bite that is short, or empty, need not be the last. How do you know that nothing is left?");
    }

    @Test @Needs("othersDelete") @Hint(2) @DisplayName("an event that happened later, as somebody has found out meanwhile, stays")
    @Promises("deletes-all")
    void othersCorrect(Clone clone) throws Exception {
        begin(clone, MINUTES);
        try (var holder = Sql.connect(clone.owner()); var app = app(clone, true, Isolation.READ_COMMITTED)) {
            holder.setAutoCommit(false);
            Sql.execute(holder, "update app.events set happened_at = '2099-01-01Z' where body = 'event " + (EVENTS + 1 - 1500) + "'");
            var cleaning = stoppedAt(clone, 1500, holder, app);
            holder.commit();
            Expect.equal("The clean-up goes on when the lock is gone", "it ended well", cleaning.outcome(PATIENCE).toString(), "Until when does it go on?");
        }
        Expect.table("Events that are left, of which one happened later, as somebody wrote who had it first", Rows.unnamed().row(KEPT + 1),
            Sql.query(clone.owner(), "select count(*) from app.events"), "Is it still old when you delete it?");
    }

    @Test @Needs("othersDelete") @Hint(2) @DisplayName("an event that happened long ago, as somebody has found out meanwhile, goes")
    @Promises("deletes-all")
    void othersCorrectToEarlier(Clone clone) throws Exception {
        begin(clone, MINUTES);
        try (var holder = Sql.connect(clone.owner()); var app = app(clone, true, Isolation.READ_COMMITTED)) {
            var cleaning = stoppedAt(clone, 2500, holder, app);
            Sql.execute(clone.owner(), "update app.events set happened_at = '2001-01-01Z' where body = 'event 1'");
            holder.rollback();
            Expect.equal("The clean-up goes on when the lock is gone", "it ended well", cleaning.outcome(PATIENCE).toString(), "Until when does it go on?");
        }
        Expect.table("Events that are left, after one was corrected to 2001 during the third bite", Rows.unnamed().row(KEPT - 1),
            Sql.query(clone.owner(), "select count(*) from app.events"), "Where does each bite begin to look?");
    }

    @Test @Needs("othersDelete") @Hint(2) @DisplayName("what is missing in one bite is not added to the next one")
    @Promises({"bites", "deletes-all"})
    void othersDeleteSome(Clone clone) throws Exception {
        begin(clone, MINUTES);
        try (var holder = Sql.connect(clone.owner()); var app = app(clone, true, Isolation.READ_COMMITTED)) {
            holder.setAutoCommit(false);
            Sql.execute(holder, "delete from app.events where happened_at in (select happened_at from app.events order by happened_at offset 1200 limit 300)");
            var cleaning = stoppedAt(clone, 1700, holder, app);
            holder.commit();
            Expect.equal("The clean-up goes on when the events are gone for which it waited", "it ended well", cleaning.outcome(PATIENCE).toString(),
                "Until when does it go on?");
        }
        var done = Sql.query(clone.owner(), "select sum(rows) from probe.deleted where transaction <> "
            + "(select transaction from probe.deleted where rows = 300 order by transaction limit 1) group by transaction having sum(rows) > 0 order by min(transaction)")
            .values().stream().map(row -> ((Number) row.getFirst()).intValue()).toList();
        var full = done.stream().filter(rows -> rows == 1000).count();
        Expect.that("Rows that each transaction deleted, while somebody else deleted 300 of the second thousand", done.stream().allMatch(rows -> rows <= 1000) && full >= done.size() - 2,
            "1000 at most, and fewer only in the last one, and in the one that found 300 missing", done, "Who commits, and when? Also after a bite that came out short?");
        Expect.table("Events that are left, after somebody else deleted 300 of the second thousand meanwhile", Rows.unnamed().row(KEPT),
            Sql.query(clone.owner(), "select count(*) from app.events"), "Until when does it go on?");
    }

    @Test @Needs("cancelled") @Hint(2) @DisplayName("the connection is as it was, whatever kind of failure there was")
    @Promises("as-lent")
    void failuresOfEveryKind(Clone clone) throws Exception {
        begin(clone, MINUTES);
        try (var app = app(clone, false, Isolation.READ_COMMITTED)) {
            var lent = ConnectionState.of(app);
            for (var failure : Faults.ofEveryKind()) {
                if (failure instanceof SQLException || failure instanceof RuntimeException || failure instanceof Error) { // what a driver may throw
                    var failing = Faults.failing(app, failure, "prepareStatement", "createStatement", "prepareCall");
                    Task.start(() -> {
                        Cleanup.run(failing, BEFORE);
                        return true;
                    }).outcome(PATIENCE);
                    Expect.asLent("The connection after its driver threw " + failure.getClass().getSimpleName(), lent, ConnectionState.of(app),
                        "On every way out it is as it was before.");
                }
            }
        }
    }

    private static void failed(String when, String sqlState, Task<?> cleaning) throws InterruptedException {
        var outcome = cleaning.outcome(PATIENCE);
        Expect.that("What the caller gets when " + when, outcome instanceof Task.Outcome.Failed<?>(SQLException failure) && sqlState.equals(failure.getSQLState()), "SQLSTATE " + sqlState, outcome,
            "A night without a clean-up should be known to somebody, and why. Putting things back may fail as well; which failure came first?");
    }

    /** The clean-up, begun, and waiting for the n-th oldest event, which somebody else has locked. */
    private static Task<String> stoppedAt(Clone clone, int n, Connection holder, Connection app) throws Exception {
        holder.setAutoCommit(false);
        Sql.execute(holder, "select from app.events where body = 'event " + (EVENTS + 1 - n) + "' for update");
        var pid = Sql.pid(app);
        var cleaning = Task.start(() -> {
            Cleanup.run(app, BEFORE);
            return "it ended well";
        });
        var waits = cleaning.waitsForLock(clone, pid, PATIENCE);
        Expect.that("The clean-up comes to the " + n + "th oldest event, which somebody else has locked", waits, "it waits there",
            cleaning.isDone() ? "it ended" : "it does not wait", "An old row that is locked is still to be deleted. Oldest first, all of them.");
        return cleaning;
    }

    /** What each transaction has deleted since the beginning. */
    private static void bites(Clone clone, String how, long... rows) throws SQLException {
        var expected = Rows.unnamed();
        for (var bite : rows) {
            expected = expected.row(bite);
        }
        Expect.tableInOrder("Rows that each transaction deleted" + how, expected, Sql.query(clone.owner(),
            "select sum(rows) from probe.deleted group by transaction having sum(rows) > 0 order by transaction"), "Who commits, and when?");
    }

    private static void cleanUp(Clone clone, boolean autocommit, Isolation isolation, OffsetDateTime before) throws Exception {
        try (var app = app(clone, autocommit, isolation)) {
            var lent = ConnectionState.of(app);
            Expect.within("The clean-up ends", PATIENCE, () -> {
                Expect.works("Cleanup.run, with autocommit " + (autocommit ? "on" : "off"), () -> Cleanup.run(app, before),
                    "2D000 and 42809 are both about how it is called.");
                return true;
            });
            Expect.asLent("The connection afterwards", lent, ConnectionState.of(app), "It was like that before.");
        }
    }

    /** Without index scans: with one, rows that nobody sorts come oldest first, and it is the planner's mood whether they do. */
    private static Connection app(Clone clone, boolean autocommit, Isolation isolation) throws SQLException {
        var app = isolation.connect(clone.app());
        Sql.execute(app, "set enable_indexscan = off");
        app.setAutoCommit(autocommit);
        return app;
    }

    /** These events and no others, in the order of the table from new to old where they are the usual ones. */
    private static void begin(Clone clone, String events) throws SQLException {
        Sql.execute(clone.owner(), "truncate app.events, probe.deleted; insert into app.events (happened_at, body) " + events);
    }

    @Test @Needs("othersDelete") @Hint(2) @DisplayName("also where that is found out of one while all that was old goes")
    @Promises("deletes-all")
    void othersDeleteAllAndCorrect(Clone clone) throws Exception {
        begin(clone, MINUTES);
        Sql.execute(clone.owner(), "delete from app.events where happened_at < '" + BEFORE.minusMinutes(10) + "'");
        try (var holder = Sql.connect(clone.owner()); var app = app(clone, true, Isolation.READ_COMMITTED)) {
            holder.setAutoCommit(false);
            Sql.execute(holder, "delete from app.events where happened_at < '" + BEFORE + "'; update app.events set happened_at = '2001-01-01Z' where body = 'event 1'");
            var pid = Sql.pid(app);
            var cleaning = Task.start(() -> {
                Cleanup.run(app, BEFORE);
                return "it ended well";
            });
            cleaning.waitsForLock(clone, pid, PATIENCE);
            holder.commit();
            Expect.equal("The clean-up goes on when the events are gone for which it waited", "it ended well", cleaning.outcome(PATIENCE).toString(), "Until when does it go on?");
        }
        Expect.table("Events that are left, after somebody else deleted all that were old and corrected one to 2001", Rows.unnamed().row(KEPT - 1),
            Sql.query(clone.owner(), "select count(*) from app.events"), "How do you know that nothing is left: from a bite that came out empty, or by asking anew?");
    }

    @Test @Needs("failuresOfEveryKind") @Hint(2) @DisplayName("the caller hears also where it is the end that fails")
    @Promises({"failure", "as-lent"})
    void putsNothingBack(Clone clone) throws Exception {
        begin(clone, MINUTES);
        try (var app = app(clone, false, Isolation.READ_COMMITTED)) {
            var failure = new SQLException("the network went away", "08006");
            var failing = (Connection) Proxy.newProxyInstance(CleanupInBatchesTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                if (method.getName().equals("setAutoCommit") && arguments[0].equals(false)) {
                    throw failure;
                }
                try {
                    return method.invoke(app, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
            Expect.passesOn("What the caller gets when the clean-up ends well, and autocommit cannot be put back", failure, () -> Cleanup.run(failing, BEFORE),
                "The connection isn't what it was. Who must know?");
        }
    }
}

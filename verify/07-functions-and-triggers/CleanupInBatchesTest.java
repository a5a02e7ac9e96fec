import grading.*;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import lab.Login;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;

/**
 * 5500 events, one a minute, of which all but the newest 1199 are old. A trigger of the verifier notes how many rows each
 * transaction deletes, and a lock of the verifier stops the clean-up where others can look at it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CleanupInBatchesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final OffsetDateTime BEFORE = OffsetDateTime.parse("2026-01-01T00:00Z").minusMinutes(1199);
    private static final int EVENTS = 5500;
    private static final int KEPT = 1199;

    @Test @Order(1) @DisplayName("cleanup.sql runs, as the owner")
    void runs(Clone clone, Answer answer) {
        Expect.works("cleanup.sql runs", () -> {
            script(clone.owner(), answer.text("cleanup.sql"));
            try (var owner = clone.owner().connect()) {
                run(owner, """
                    create schema probe;
                    create table probe.deleted (transaction bigint, rows bigint);
                    create function probe.note() returns trigger language plpgsql security definer as $$
                    begin
                      insert into probe.deleted select txid_current(), count(*) from gone;
                      return null;
                    end $$;
                    create trigger probe after delete on app.events referencing old table as gone
                      for each statement execute function probe.note()""");
            }
        }, "PostgreSQL's words name the place.");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("old events go, newer ones stay")
    void deletesTheOldOnes(Clone clone) throws Exception {
        begin(clone);
        cleanUp(clone, true);
        Expect.table("Events that are left, and how many of them are old", Rows.unnamed().row(KEPT, 0), asOwner(clone,
            "select count(*), count(*) filter (where happened_at < '" + BEFORE + "') from app.events"),
            "The event of that very minute did not happen before it.");
    }

    @Test @Order(3) @Needs("deletesTheOldOnes") @Hint(2) @DisplayName("in transactions of 1000 rows")
    void inBites(Clone clone) throws Exception {
        begin(clone);
        cleanUp(clone, true);
        Expect.tableInOrder("Rows that each transaction deleted", Rows.unnamed().row(1000).row(1000).row(1000).row(1000)
            .row(EVENTS - KEPT - 4000), asOwner(clone, """
                select sum(rows) from probe.deleted group by transaction having sum(rows) > 0 order by transaction"""),
            "Who commits, and when?");
    }

    @Test @Order(4) @Needs("deletesTheOldOnes") @Hint(1) @DisplayName("with autocommit off it works as well, and stays off")
    void withoutAutocommit(Clone clone) throws Exception {
        begin(clone);
        cleanUp(clone, false);
        Expect.table("Events that are left", Rows.unnamed().row(KEPT), asOwner(clone, "select count(*) from app.events"),
            "In which state of the connection may a procedure commit?");
    }

    @Test @Order(5) @Needs("inBites") @Hint(2) @DisplayName("others see the progress, oldest first")
    void progressIsVisible(Clone clone) throws Exception {
        begin(clone);
        try (var holder = clone.owner().connect(); var app = app(clone, true); var observer = clone.observer().connect()) {
            var cleaning = stoppedAt(2500, holder, app, observer);
            Expect.table("What others see while the clean-up waits for the 2500th oldest event", Rows.columns("events", "oldest_left")
                .row(EVENTS - 2000, "event " + (EVENTS - 2000)), asOwner(clone, """
                    select count(*) as events, (select body from app.events order by happened_at limit 1) as oldest_left
                    from app.events"""), "Two full bites should be done and committed by now, of the oldest rows.");
            holder.rollback();
            Expect.within("The clean-up goes on when the lock is gone", PATIENCE, () -> cleaning.get());
        }
        Expect.table("Events that are left in the end", Rows.unnamed().row(KEPT), asOwner(clone, "select count(*) from app.events"),
            "Until when does it go on?");
    }

    @Test @Order(6) @Needs("progressIsVisible") @Hint(2) @DisplayName("cancelled, it keeps what is done, and the caller knows")
    void cancelled(Clone clone) throws Exception {
        for (var autocommit : new boolean[] {true, false}) {
            begin(clone);
            try (var holder = clone.owner().connect(); var app = app(clone, autocommit); var observer = clone.observer().connect()) {
                var cleaning = stoppedAt(3500, holder, app, observer);
                Rows.query(observer, "select pg_cancel_backend(?)", pid(app));
                Expect.sqlState("What the caller gets when somebody cancels the clean-up", "57014", () -> {
                    try {
                        Expect.within("The cancelled clean-up ends", PATIENCE, () -> cleaning.get());
                    } catch (ExecutionException e) {
                        throw (Exception) e.getCause();
                    }
                }, "A night without a clean-up should be known to somebody.");
                holder.rollback();
                Expect.equal("Autocommit after the failure", autocommit, app.getAutoCommit(), "It was like that before.");
                Expect.table("Events that are left after the third bite", Rows.unnamed().row(EVENTS - 3000),
                    asOwner(clone, "select count(*) from app.events"), "What was committed is done.");
            }
        }
    }

    /** The clean-up, begun, and waiting for the n-th oldest event, which somebody else has locked. */
    private static Future<Object> stoppedAt(int n, Connection holder, Connection app, Connection observer) throws Exception {
        holder.setAutoCommit(false);
        run(holder, "select from app.events where body = 'event " + (EVENTS + 1 - n) + "' for update");
        var cleaning = new CompletableFuture<Object>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Cleanup.run(app, BEFORE);
                cleaning.complete("done");
            } catch (Throwable e) {
                cleaning.completeExceptionally(e);
            }
        });
        for (var end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(5)) {
            if ((Boolean) Rows.query(observer, "select cardinality(pg_blocking_pids(?)) > 0", pid(app)).values().getFirst().getFirst()) {
                return cleaning;
            }
            Expect.that("The clean-up waits for the " + n + "th oldest event, which somebody else has locked", !cleaning.isDone(),
                "it waits", "it ended", "An old row that is locked is still to be deleted.");
        }
        Expect.that("The clean-up comes to the " + n + "th oldest event, which somebody else has locked", false, "it waits there",
            "it does not wait", "Oldest first, all of them.");
        return cleaning;
    }

    private static void cleanUp(Clone clone, boolean autocommit) throws Exception {
        try (var app = app(clone, autocommit)) {
            Expect.within("The clean-up ends", PATIENCE, () -> {
                Expect.works("Cleanup.run, with autocommit " + (autocommit ? "on" : "off"), () -> Cleanup.run(app, BEFORE),
                    "2D000 and 42809 are both about how it is called.");
                return true;
            });
            Expect.equal("Autocommit afterwards", autocommit, app.getAutoCommit(), "It was like that before.");
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** Without index scans: with one, rows that nobody sorts come oldest first, and it is the planner's mood whether they do. */
    private static Connection app(Clone clone, boolean autocommit) throws SQLException {
        var app = clone.app().connect();
        run(app, "set statement_timeout = '15s'; set enable_indexscan = off");
        app.setAutoCommit(autocommit);
        return app;
    }

    /** All events again, in the order of the table from new to old. */
    private static void begin(Clone clone) throws SQLException {
        try (var owner = clone.owner().connect()) {
            run(owner, """
                truncate app.events, probe.deleted;
                insert into app.events (happened_at, body)
                select timestamptz '2026-01-01 00:00 UTC' - n * interval '1 minute', 'event ' || n from generate_series(1, 5500) n""");
        }
    }

    private static Rows asOwner(Clone clone, String sql) throws SQLException {
        try (var owner = clone.owner().connect()) {
            return Rows.query(owner, sql);
        }
    }

    /** Runs a file as one message, so that it is PostgreSQL, and not the driver, who finds where each statement ends. */
    private static void script(Login login, String sql) throws SQLException {
        var how = new Properties();
        how.put("user", login.user());
        how.put("password", login.password());
        how.put("preferQueryMode", "simple");
        try (var connection = DriverManager.getConnection(login.url(), how)) {
            run(connection, "set statement_timeout = '10s'");
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.*;

/**
 * An index is built while others write, is interrupted, and is built again. A writer whose transaction is open makes
 * every kind of build wait, so that there is time to look: who waits behind it, and what a cancelled build leaves.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetrySafeIndexTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String BUILD = "create index concurrently events_by_account on app.events (account_id)";

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs where an interrupted attempt left an invalid index")
    void runs(Clone clone, Answer answer) throws Exception {
        leaveInvalidIndex(clone);
        migrate(clone, answer);
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("then the index is valid, and no other is invalid")
    void isValid(Clone clone) throws SQLException {
        expectValidIndex(clone, "after V2 ran");
    }

    @Test @Order(3) @Fresh @Hint(2) @DisplayName("it runs where there never was such an index")
    void runsFromNothing(Clone clone, Answer answer) throws Exception {
        migrate(clone, answer);
        expectValidIndex(clone, "after V2 ran on a database without it");
    }

    @Test @Order(4) @Needs("runs") @Fresh @Hint(1) @DisplayName("nobody who writes waits for it")
    void writersGoOn(Clone clone, Answer answer) throws Exception {
        leaveInvalidIndex(clone);
        duringLongWrite(clone, () -> flyway(clone, answer).migrate(), () -> {
            try (var writer = clone.app().connect()) {
                execute(writer, "set lock_timeout = '3s'");
                Expect.works("An insert into app.events while V2 waits for an older transaction", () -> insert(writer),
                    "Which lock do `create index` and `drop index` take, and which do they take with `concurrently`?");
            }
        });
        expectValidIndex(clone, "after V2 ran beside writers");
    }

    @Test @Order(5) @Needs("runsFromNothing") @Fresh @Hint(2) @DisplayName("interrupted, it can be run again")
    void canBeRunAgain(Clone clone, Answer answer) throws Exception {
        duringLongWrite(clone, () -> {
            try {
                return flyway(clone, answer).migrate();
            } catch (RuntimeException interrupted) {
                return interrupted;
            }
        }, () -> cancel(clone));
        // As an operator would: Flyway remembers that a file without a transaction failed half-way.
        flyway(clone, answer).repair();
        Expect.works("The migrations, run again after an interruption", () -> flyway(clone, answer).migrate(),
            "What did the interrupted build leave behind, and which statement meets it now?");
        expectValidIndex(clone, "after the second run");
    }

    private static void migrate(Clone clone, Answer answer) throws Exception {
        Expect.within("V2 ends", PATIENCE, () -> {
            Expect.works("V2 runs", () -> flyway(clone, answer).migrate(), "What is there already, and what is not?");
            return "ended";
        }, "Which transaction does it wait for?");
    }

    private static void expectValidIndex(Clone clone, String when) throws SQLException {
        try (var app = clone.app().connect()) {
            var invalid = Rows.query(app, "select indexrelid::regclass::text from pg_index "
                + "where indrelid = 'app.events'::regclass and not indisvalid").values().stream().map(List::getFirst).toList();
            Expect.equal("Invalid indexes of app.events " + when, List.of(), invalid,
                "An invalid index costs at every write and serves no query. Does anything in the file remove it?");
            Expect.table("Indexes events_by_account " + when, Rows.columns("column").row("account_id"), Rows.query(app, """
                select a.attname::text as column from pg_index i join pg_class c on c.oid = i.indexrelid
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indrelid = 'app.events'::regclass and c.relname = 'events_by_account' and i.indisvalid
                """), "Its name and its column are in the task.");
        }
    }

    /** What happened in production: a build that waited, and was cancelled. */
    private static void leaveInvalidIndex(Clone clone) throws Exception {
        duringLongWrite(clone, () -> {
            try (var owner = clone.owner().connect()) {
                execute(owner, BUILD);
                return "built";
            } catch (SQLException interrupted) {
                return interrupted;
            }
        }, () -> cancel(clone));
    }

    /** Runs the migration, and something else while the migration waits for a transaction that has written. */
    private static void duringLongWrite(Clone clone, Callable<?> migration, Expect.Work meanwhile) throws Exception {
        CompletableFuture<Object> running;
        try (var writer = clone.app().connect()) {
            writer.setAutoCommit(false);
            insert(writer);
            running = inBackground(migration);
            awaitWaiting(clone, running);
            if (!running.isDone()) {
                meanwhile.run();
            }
            writer.rollback();
        }
        finish(running);
    }

    private static CompletableFuture<Object> inBackground(Callable<?> work) {
        var running = new CompletableFuture<Object>();
        var thread = Thread.ofPlatform().daemon().name("migration").unstarted(() -> {
            try {
                running.complete(work.call());
            } catch (Exception e) {
                running.completeExceptionally(e);
            }
        });
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        return running;
    }

    private static void awaitWaiting(Clone clone, CompletableFuture<Object> running) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        try (var observer = clone.observer().connect()) {
            while (!running.isDone() && System.nanoTime() < end && waiting(observer).isEmpty()) {
                Thread.sleep(5);
            }
        }
    }

    private static void finish(CompletableFuture<Object> running) throws Exception {
        try {
            running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            Expect.that("V2 ends when the writer's transaction has ended", false, "an end", "it still runs", "Whom does it wait for?");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private static void cancel(Clone clone) throws SQLException {
        try (var observer = clone.observer().connect()) {
            for (var pid : waiting(observer)) {
                Rows.query(observer, "select pg_cancel_backend(?)", pid);
            }
        }
    }

    private static List<Integer> waiting(Connection observer) throws SQLException {
        return Rows.query(observer, "select pid from pg_stat_activity where datname = current_database() "
            + "and usename = 'course_owner' and wait_event_type = 'Lock'").values().stream()
            .map(row -> ((Number) row.getFirst()).intValue()).toList();
    }

    private static void insert(Connection connection) throws SQLException {
        execute(connection, "insert into app.events (account_id, kind) values (1, 'logout')");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Flyway flyway(Clone clone, Answer answer) {
        var configuration = Flyway.configure().locations("filesystem:" + answer.folder())
            .dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password());
        configuration.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        return configuration.load();
    }
}

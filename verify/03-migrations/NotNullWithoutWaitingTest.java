import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.*;

/**
 * A column becomes NOT NULL while others work. Which lock a file takes is seen from outside: a file that must wait for
 * somebody who only reads needs the strong lock. What it reads is counted by PostgreSQL. So no time is measured.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotNullWithoutWaitingTest {
    private static final long ROWS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private List<Behaviour> observed = List.of();

    /** What one file did while somebody was reading: whether it had to wait, and how many rows it read then or later. */
    private record Behaviour(String file, boolean strongLock, long rowsRead) { }

    @Test @Order(1) @Hint(1) @DisplayName("the migrations run")
    void runs(Clone clone, Answer answer) {
        Expect.works("The migrations run", () -> flyway(clone, answer, MigrationVersion.LATEST).migrate(),
            "PostgreSQL's words name the file's line.");
    }

    @Test @Order(2) @Needs("runs") @Hint(2) @DisplayName("the column is not null: an order without a customer is refused")
    void refusesNull(Clone clone) {
        Expect.sqlState("An insert into app.orders without a customer_id is refused because the column is not null", "23502",
            () -> execute(clone.app(), "insert into app.orders (customer_id, cents) values (null, 100)"),
            "A check constraint does not make the column not null. Which file says `set not null`?");
    }

    @Test @Order(3) @Needs("refusesNull") @Hint(2) @DisplayName("no rule is left unchecked")
    void everyRowIsChecked(Clone clone) throws SQLException {
        Expect.equal("Constraints of app.orders that PostgreSQL has not checked for the old rows", List.of(), names(clone.app(),
            "select conname from pg_constraint where conrelid = 'app.orders'::regclass and not convalidated"),
            "`not valid` is a promise to look later. Did anybody look?");
    }

    @Test @Order(4) @Needs("runs") @Fresh @Hint(1) @DisplayName("a file that cannot have its lock gives up, and can be run again")
    void givesUpWaiting(Clone clone, Answer answer) throws Exception {
        observed = observe(clone, answer);
    }

    @Test @Order(5) @Needs("givesUpWaiting") @Hint(2) @DisplayName("no file reads the rows under the strong lock")
    void readsUnderWeakLock() {
        for (var file : observed) {
            Expect.that(file.file() + " does not read the table while everybody waits for it",
                !(file.strongLock() && file.rowsRead() >= ROWS), "no row read, or a lock that readers do not wait for",
                file.rowsRead() + " rows read under a lock that readers wait for",
                "A lock stays until the end of the file. Which statement reads, and which lock does the file hold by then?");
        }
    }

    private static List<Behaviour> observe(Clone clone, Answer answer) throws Exception {
        var seen = new ArrayList<Behaviour>();
        for (var file : Arrays.stream(flyway(clone, answer, MigrationVersion.LATEST).info().pending()).toList()) {
            var before = rowsRead(clone);
            var waited = waitsForReader(clone, answer, file);
            if (waited) {
                flyway(clone, answer, file.getVersion()).migrate();
            }
            seen.add(new Behaviour(file.getScript(), waited, rowsRead(clone) - before));
        }
        return seen;
    }

    /** Whether the file needs a lock that a mere reader keeps it from having. */
    private static boolean waitsForReader(Clone clone, Answer answer, MigrationInfo file) throws Exception {
        try (var reader = clone.app().connect(); var statement = reader.createStatement();
             var observer = clone.observer().connect()) {
            reader.setAutoCommit(false);
            statement.execute("lock table app.orders in access share mode");
            var running = new FutureTask<>(() -> lockNotAvailable(clone, answer, file));
            Thread.ofPlatform().daemon().name("migration").start(running);
            while (!running.isDone()) {
                Expect.that(file.getScript() + " gives up while somebody reads app.orders", !waitsTooLong(observer),
                    "SQLSTATE 55P03 after two seconds at most", "after four seconds it still waits for its lock",
                    "Behind a migration that waits, everybody else waits. Which setting bounds the wait for a lock? "
                        + "Each file is a session of its own.");
                Thread.sleep(10);
            }
            return running.get();
        }
    }

    private static boolean lockNotAvailable(Clone clone, Answer answer, MigrationInfo file) {
        try {
            flyway(clone, answer, file.getVersion()).migrate();
            return false;
        } catch (RuntimeException e) {
            for (Throwable at = e; at != null; at = at.getCause()) {
                if (at instanceof SQLException sql && "55P03".equals(sql.getSQLState())) {
                    return true;
                }
            }
            throw e;
        }
    }

    /** Asked of the server, so that a slow machine is not taken for a wait. */
    private static boolean waitsTooLong(Connection observer) throws SQLException {
        return !Rows.query(observer, """
            select from pg_locks join pg_database on pg_database.oid = database and datname = current_database()
            where not granted and waitstart < clock_timestamp() - interval '4 s'""").values().isEmpty();
    }

    /** Rows of the table that scans have read so far. A session reports when it ends, so those of the owner must be gone. */
    private static long rowsRead(Clone clone) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (number(clone.observer(), "select count(*) from pg_stat_activity "
                + "where datname = current_database() and usename = 'course_owner'") > 0) {
            Expect.that("Sessions of the migration end", System.nanoTime() < end, "no session", "one is still there", "");
            Thread.sleep(5);
        }
        return number(clone.observer(), "select seq_tup_read from pg_stat_user_tables where schemaname = 'app' and relname = 'orders'");
    }

    private static Flyway flyway(Clone clone, Answer answer, MigrationVersion target) {
        return Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).target(target).load();
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return ((Number) Rows.query(connection, sql).values().getFirst().getFirst()).longValue();
        }
    }

    private static List<Object> names(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return Rows.query(connection, sql).values().stream().map(List::getFirst).toList();
        }
    }
}

import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.*;

/**
 * The files run one by one. In the first round a program works between them; in the second somebody writes, then reads, while
 * each of them runs, so that a file that needs the strong lock is seen to wait. Rows are counted by PostgreSQL; no time is measured.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoMoreGuestsTest {
    private static final long ROWS = 9000;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<String> REFUSALS = Set.of("23514", "23503", "22P02");

    /** How many guests were let in between the files. */
    private int newcomers;
    private List<Behaviour> observed = List.of();

    /** What one file did while somebody was reading: whether it had to wait, and how many rows it read then or later. */
    private record Behaviour(String file, boolean strongLock, long rowsRead) { }

    @Test @Order(1) @Hint(1) @DisplayName("the files run, and between them the program works")
    void runs(Clone clone, Answer answer) throws SQLException {
        for (var file : pending(clone, answer)) {
            makeGuests(clone, "before " + file.getScript());
            Expect.works(file.getScript() + " runs", () -> flyway(clone, answer, file.getVersion()).migrate(),
                "PostgreSQL's words name the file's line. Before it the program has made guests.");
            Expect.works("After " + file.getScript() + " the program sets seen_at of members 1, 2, 3 and 100 and of the newest",
                () -> execute(clone.app(), "update app.members set seen_at = now() "
                    + "where id in (1, 2, 3, 100) or id > (select max(id) - 3 from app.members)"),
                "One of them is a guest, perhaps. Nobody asked the program.");
            Expect.works("After it the program inserts a user without saying so", () -> execute(clone.app(),
                "insert into app.members (name) values ('Newcomer')"), "The role has a default.");
        }
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("nobody is lost, and who was a guest is a user")
    void nobodyIsLost(Clone clone) throws SQLException {
        Expect.table("Members of before, by what they were and what they are", Rows.columns("was", "is", "count")
            .row("admin", "admin", 90).row("guest", "user", 2970).row("user", "user", 5940), query(clone.app(), """
            select case when id % 100 = 0 then 'admin' when id % 3 = 0 then 'guest' else 'user' end as was,
                   role::text as is, count(*) from app.members
            where id <= 9000 and name = 'Member ' || id group by 1, 2"""), "Only guests change.");
        Expect.table("Guests who came between the files, and are users now", Rows.columns("count").row(newcomers), query(clone.app(),
            "select count(*) from app.members where name like 'Guest, before%' and role::text = 'user'"), "They were let in, so they are members.");
        Expect.table("Users who came between the files without a role", Rows.columns("count").row(4), query(clone.app(),
            "select count(*) from app.members where name = 'Newcomer' and role::text = 'user'"), "The default was user.");
    }

    @Test @Order(3) @Needs("runs") @Hint(2) @DisplayName("nobody can be made a guest")
    void noNewGuest(Clone clone) throws SQLException {
        for (var statement : List.of("insert into app.members (name, role) values ('Late', 'guest')",
                "update app.members set role = 'guest' where id in (1, 100)")) {
            var end = "no error";
            try {
                execute(clone.app(), statement);
            } catch (SQLException e) {
                end = e.getSQLState();
            }
            Expect.that("The end of: " + statement, REFUSALS.contains(end), "refused as a value that is not allowed, 23514 for example", end,
                "The crossing is over. Which rule says that nobody is a guest?");
        }
        Expect.works("A member becomes an admin", () -> execute(clone.app(), "update app.members set role = 'admin' where id = 1"),
            "The other roles are still there.");
        Expect.sqlState("A member whose role is NULL", "23502", () -> execute(clone.app(), "update app.members set role = null where id = 1"),
            "The column was `not null`.");
    }

    @Test @Order(4) @Needs("runs") @Hint(2) @DisplayName("no rule is left unchecked, and nothing of the crossing is left behind")
    void tidiesUp(Clone clone) throws SQLException {
        Expect.equal("Constraints that PostgreSQL has not checked for the old rows", List.of(), names(clone,
            "select conname from pg_constraint where conrelid = 'app.members'::regclass and not convalidated"),
            "`not valid` is a promise to look later. Did anybody look?");
        Expect.equal("Triggers and functions in the schema app", List.of(), names(clone, """
            select tgname::text from pg_trigger where tgrelid = 'app.members'::regclass and not tgisinternal
            union all select proname::text from pg_proc where pronamespace = 'app'::regnamespace"""),
            "What did the crossing need that nobody needs any more?");
    }

    @Test @Order(5) @Needs("runs") @Fresh @Hint(2) @DisplayName("a file that cannot have its lock gives up, and can be run again")
    void givesUpWaiting(Clone clone, Answer answer) throws Exception {
        var seen = new ArrayList<Behaviour>();
        for (var file : pending(clone, answer)) {
            var before = rowsRead(clone);
            var strong = waitsFor("row exclusive", clone, answer, file) && waitsFor("access share", clone, answer, file);
            if (strong) {
                flyway(clone, answer, file.getVersion()).migrate();
            }
            seen.add(new Behaviour(file.getScript(), strong, rowsRead(clone) - before));
        }
        observed = seen;
    }

    @Test @Order(6) @Needs("givesUpWaiting") @Hint(2) @DisplayName("no file reads the rows under the strong lock")
    void worksUnderWeakLock() {
        for (var file : observed) {
            Expect.that(file.file() + " does not read the rows while everybody waits for it", !(file.strongLock() && file.rowsRead() >= ROWS),
                "no row read, or a lock that readers do not wait for", file.rowsRead() + " rows read under a lock that readers wait for",
                "A lock stays until the end of the file. Which statement reads, and which lock does the file take?");
        }
    }

    /** The program of today inserts one guest, and makes one of member 2. */
    private void makeGuests(Clone clone, String when) throws SQLException {
        if (isAccepted(clone, "insert into app.members (name, role) values ('Guest, " + when + "', 'guest')", when)) {
            newcomers++;
        }
        isAccepted(clone, "update app.members set role = 'guest' where id = 2", when);
    }

    /** That the program is refused is fine, if it is told that the value is wrong. */
    private static boolean isAccepted(Clone clone, String statement, String when) throws SQLException {
        try {
            execute(clone.app(), statement);
            return true;
        } catch (SQLException e) {
            Expect.that("The end, " + when + ", of: " + statement, REFUSALS.contains(e.getSQLState()),
                "a member, or a refusal of the value (23514 for example)", "SQLSTATE " + e.getSQLState() + ", " + e.getMessage(),
                "The program must be told that the value is wrong, and nothing else.");
            return false;
        }
    }

    /** Whether the file needs a lock that one who writes ("row exclusive") or reads ("access share") keeps it from having. */
    private static boolean waitsFor(String mode, Clone clone, Answer answer, MigrationInfo file) throws Exception {
        try (var reader = clone.app().connect(); var statement = reader.createStatement(); var observer = clone.observer().connect()) {
            reader.setAutoCommit(false);
            statement.execute("lock table app.members in " + mode + " mode");
            var running = new FutureTask<>(() -> lockNotAvailable(clone, answer, file));
            Thread.ofPlatform().daemon().name("migration").start(running);
            while (!running.isDone()) {
                Expect.that(file.getScript() + " gives up while somebody uses app.members", !waitsTooLong(observer),
                    "SQLSTATE 55P03 after two seconds at most", "after four seconds it still waits for its lock",
                    "Behind a migration that waits, everybody else waits. Which setting bounds the wait for a lock?");
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
        while (number(clone, "select count(*) from pg_stat_activity "
                + "where datname = current_database() and usename = 'course_owner'") > 0) {
            Expect.that("Sessions of the migration end", System.nanoTime() < end, "no session", "one is still there", "");
            Thread.sleep(5);
        }
        return number(clone, "select seq_tup_read from pg_stat_user_tables where schemaname = 'app' and relname = 'members'");
    }

    private static List<MigrationInfo> pending(Clone clone, Answer answer) {
        return Arrays.asList(flyway(clone, answer, MigrationVersion.LATEST).info().pending());
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

    private static Rows query(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return Rows.query(connection, sql);
        }
    }

    private static long number(Clone clone, String sql) throws SQLException {
        return ((Number) query(clone.observer(), sql).values().getFirst().getFirst()).longValue();
    }

    private static List<Object> names(Clone clone, String sql) throws SQLException {
        return query(clone.app(), sql).values().stream().map(List::getFirst).toList();
    }
}

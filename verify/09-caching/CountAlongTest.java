import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** After each of many statements the counts are compared with the posts. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CountAlongTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** No right to; or it is a view, of which nothing can be written. */
    private static final List<String> REFUSALS = List.of("42501", "55000", "42809");
    private static final String WRONG = """
        select author, t.posts as truth, c.posts as counted
        from (select author, count(*) as posts from app.posts group by author) t
        full join app.post_counts c using (author) where coalesce(t.posts, 0) is distinct from coalesce(c.posts, 0)""";

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs, and the counts are right")
    void startsRight(Clone clone, Answer answer) throws SQLException {
        Expect.works("V2 runs", () -> migrate(clone, answer), "PostgreSQL's words name the file's line.");
        right(clone, "after V2", "There are posts already.");
    }

    @Test @Order(2) @Needs("startsRight") @Hint(2) @DisplayName("posts are counted when they come")
    void inserted(Clone clone) throws SQLException {
        does(clone, "insert into app.posts (author, title) values (1, 'One')", "One post more, by somebody who has posts.");
        does(clone, "insert into app.posts (author, title) values (77, 'First')", "The first post of an author who has no row yet.");
        does(clone, "insert into app.posts (author, title) select 1 + n % 90, 'Many' from generate_series(1, 600) n", "One statement, many posts, of many authors.");
        does(clone, "insert into app.posts (author, title) select 1, 'None' where false", "A statement without rows.");
    }

    @Test @Order(3) @Needs("inserted") @Hint(1) @DisplayName("and when they go")
    void deleted(Clone clone) throws SQLException {
        does(clone, "delete from app.posts where id = (select min(id) from app.posts where author = 2)", "One post less.");
        does(clone, "delete from app.posts where title = 'Many'", "One statement, many posts, of many authors.");
        does(clone, "delete from app.posts where author = 77", "The last post of an author.");
        does(clone, "insert into app.posts (author, title) values (77, 'Back')", "An author who had none for a while.");
    }

    @Test @Order(4) @Needs("deleted") @Hint(1) @DisplayName("and when they change hands")
    void moved(Clone clone) throws SQLException {
        does(clone, "update app.posts set author = 5 where author = 3", "All posts of one author go to another.");
        does(clone, "update app.posts set author = 88 where author = 77", "To one who has none.");
        does(clone, "update app.posts set author = author % 4 + 1, title = title || '!'", "Everybody's posts go round.");
        does(clone, "update app.posts set title = 'New title' where author = 1", "Who changes a title moves nothing.");
        does(clone, "insert into app.posts (id, author, title) overriding system value select id, 9, 'Again' from app.posts where author = 2 "
            + "on conflict (id) do update set author = excluded.author", "An insert that turns out to be an update.");
    }

    @Test @Order(5) @Needs("moved") @Hint(1) @DisplayName("nothing is left of a rollback")
    void rolledBack(Clone clone) throws SQLException {
        does(clone, "begin; insert into app.posts (author, title) values (1, 'Never'), (99, 'Never'); "
            + "delete from app.posts where author = 4; update app.posts set author = 6 where author = 5; rollback", "It never happened.");
        does(clone, "begin; insert into app.posts (author, title) values (1, 'Kept'); savepoint s; "
            + "insert into app.posts (author, title) values (1, 'Gone'); rollback to s; commit", "Half of it happened.");
    }

    @Test @Fresh @Order(6) @Needs("inserted") @Hint(1) @DisplayName("two who write at the same moment are both counted")
    void together(Clone clone, Answer answer) throws Exception {
        migrate(clone, answer);
        for (var statement : List.of("insert into app.posts (author, title) values (1, 'Both')", "insert into app.posts (author, title) values (55, 'Both')",
                "delete from app.posts where id = (select min(id) from app.posts where author = 1 and id %% 2 = %d)",
                "update app.posts set author = 2 where id = (select min(id) from app.posts where author = 3 and id %% 2 = %d)")) {
            overlap(clone, statement.formatted(0), statement.formatted(1), "commit");
            right(clone, "after two at the same time: " + statement.formatted(0), "Does it add, or count again what it can see?");
            overlap(clone, statement.formatted(0), statement.formatted(1), "rollback");
            right(clone, "after two at the same time, the first rolled back: " + statement.formatted(0), "Does it add, or count again what it can see?");
        }
    }

    @Test @Order(7) @Needs("deleted") @Hint(1) @DisplayName("an emptied table has no posts")
    void truncated(Clone clone) throws SQLException {
        Expect.works("truncate as the owner", () -> run(clone.owner(), "truncate app.posts"), "Statements on app.posts must still work.");
        right(clone, "after truncate", "truncate fires no trigger for rows.");
        does(clone, "insert into app.posts (author, title) values (1, 'First of all')", "Counting goes on.");
    }

    @Test @Order(8) @Needs("inserted") @Hint(2) @DisplayName("the application reads counts and cannot write them")
    void notForTheApp(Clone clone) throws SQLException {
        for (var sql : List.of("update app.post_counts set posts = 1000000", "insert into app.post_counts values (4711, 1)",
                "delete from app.post_counts", "truncate app.post_counts")) {
            var state = refusal(clone, sql);
            Expect.that("The application runs: " + sql, REFUSALS.contains(state), "a refusal, SQLSTATE 42501", state,
                "The course's roles get rights on new tables by default.");
        }
        Expect.works("With a search_path of its own, the application writes a post", () -> run(clone.app(),
            "create temp table post_counts (author int primary key, posts bigint); set search_path = pg_temp, app; "
                + "insert into app.posts (author, title) values (1, 'From elsewhere')"), "Whose names does the function see?");
        right(clone, "after a post of a session with its own search_path", "Whose names does the function see?");
    }

    @Test @Fresh @Order(9) @Needs("inserted") @Hint(2) @DisplayName("posts that are being written while the migration runs are counted")
    void duringTheMigration(Clone clone, Answer answer) throws Exception {
        try (var writer = clone.app().connect(); var observer = clone.observer().connect()) {
            writer.setAutoCommit(false);
            execute(writer, "insert into app.posts (author, title) values (1, 'Being written'), (66, 'Being written')");
            var migration = new FutureTask<>(() -> {
                migrate(clone, answer);
                return null;
            });
            Thread.ofPlatform().daemon().start(migration);
            waitUntil(observer, "select where exists (select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0)", migration);
            writer.commit();
            Expect.works("V2 runs while somebody writes", () -> migration.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), "It may wait for the writer, but not fail.");
        }
        right(clone, "after V2 ran while somebody was writing", "What had been committed when the table was filled, and who counts the rest?");
    }

    /** The second statement runs while the first one's transaction is open, and waits for it or not. */
    private static void overlap(Clone clone, String one, String two, String end) throws Exception {
        try (var first = clone.app().connect(); var second = clone.app().connect(); var observer = clone.observer().connect()) {
            first.setAutoCommit(false);
            execute(first, one);
            var pid = Rows.query(second, "select pg_backend_pid()::text").values().getFirst().getFirst();
            var task = new FutureTask<>(() -> {
                execute(second, two);
                return null;
            });
            Thread.ofPlatform().daemon().start(task);
            waitUntil(observer, "select where cardinality(pg_blocking_pids(" + pid + ")) > 0", task);
            execute(first, end);
            Expect.works("The second of two at the same time: " + two, () -> task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), "It may wait for the first, but not fail.");
        }
    }

    private static void waitUntil(Connection observer, String reached, FutureTask<?> task) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!task.isDone() && System.nanoTime() < end && Rows.query(observer, reached).values().isEmpty()) {
            Thread.sleep(5);
        }
    }

    private static String refusal(Clone clone, String sql) {
        try {
            run(clone.app(), sql);
            return "no error at all";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static void does(Clone clone, String sql, String lookAt) throws SQLException {
        Expect.works("The application runs: " + sql, () -> run(clone.app(), sql), "Statements on app.posts must still work.");
        right(clone, "after: " + sql, lookAt);
    }

    private static void right(Clone clone, String when, String lookAt) throws SQLException {
        try (var connection = clone.app().connect()) {
            Expect.table("Authors whose count is wrong " + when, Rows.columns("author", "truth", "counted"), Rows.query(connection, WRONG), lookAt);
        }
    }

    private static void run(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void migrate(Clone clone, Answer answer) {
        Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load().migrate();
    }
}

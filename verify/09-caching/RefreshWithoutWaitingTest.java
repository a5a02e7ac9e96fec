import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** Refreshes in a transaction that stays open, while others read and refresh. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefreshWithoutWaitingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final String TRUTH = """
        select u.id as user_id, (select count(*) from app.posts where author_id = u.id) as posts,
               (select max(created_at) from app.posts where author_id = u.id) as last_post_at from app.users u""";
    private static final String VIEW = "select user_id, posts, last_post_at from app.posts_per_user";
    private static final String NEWS = "insert into app.users select max(id) + 1, 'new' || max(id) || '@example.com' from app.users; "
        + "insert into app.posts (author_id, created_at) values (1, now()), (250, now()); delete from app.posts where author_id = 7";

    @Test @Order(1) @Hint(1) @DisplayName("the view has every user")
    void everybody(Clone clone, Answer answer) throws SQLException {
        Expect.works("V2 runs", () -> migrate(clone, answer), "PostgreSQL's words name the file's line.");
        try (var connection = clone.app().connect()) {
            Expect.table("app.posts_per_user", Rows.query(connection, TRUTH), Rows.query(connection, VIEW),
                "User 300 has no posts. In which table is that to be seen?");
            Expect.table("What app.posts_per_user is", Rows.unnamed().row("m"), Rows.query(connection,
                "select relkind::text from pg_class where oid = 'app.posts_per_user'::regclass"), "It stays a materialized view.");
        }
    }

    @Test @Order(2) @Needs("everybody") @Hint(1) @DisplayName("a refresh brings it up to date")
    void upToDate(Clone clone) throws Exception {
        try (var owner = clone.owner().connect()) {
            execute(owner, NEWS);
            Expect.equal("Job.refresh", true, refresh(owner), "Nobody else refreshes.");
        }
        same(clone, "after a refresh");
    }

    @Test @Order(3) @Needs("upToDate") @Hint(1) @DisplayName("readers do not wait for it")
    void nobodyWaits(Clone clone) throws Exception {
        try (var owner = clone.owner().connect(); var observer = clone.observer().connect(); var reader = clone.app().connect()) {
            owner.setAutoCommit(false);
            execute(owner, NEWS);
            Expect.equal("Job.refresh", true, refresh(owner), "Nobody else refreshes.");
            Expect.equal("Whether the caller's transaction is still open", false, Rows.query(observer,
                "select where exists (select from pg_stat_activity where datname = current_database() and state = 'idle in transaction')").values().isEmpty(),
                "The transaction is the caller's; do not commit.");
            Expect.table("Locks that the refresh holds and that readers wait for", Rows.columns("relation", "mode"), Rows.query(observer, """
                select relation::regclass::text as relation, mode from pg_locks
                where mode = 'AccessExclusiveLock' and locktype = 'relation' and granted and database = (select oid from pg_database where datname = current_database())
                  and relation = (select oid from pg_class where relname = 'posts_per_user' and relkind = 'm')"""),
                "Which refresh lets readers through, and what does it ask of the view?");
            execute(reader, "set lock_timeout = '3s'");
            Expect.works("A reader, while the refresh is not committed", () -> Rows.query(reader, VIEW), "It waits for a lock of the refresh.");
            owner.commit();
        }
        same(clone, "after a refresh");
    }

    @Test @Order(4) @Needs("nobodyWaits") @Hint(2) @DisplayName("a second refresh does not wait for the first")
    void secondGivesUp(Clone clone) throws Exception {
        try (var first = clone.owner().connect(); var second = clone.owner().connect()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            execute(first, NEWS);
            Expect.equal("The first Job.refresh", true, refresh(first), "Nobody else refreshes.");
            Expect.works("The second Job.refresh, while the first is not committed", () -> Expect.equal("What it gives", false, refresh(second),
                "Nothing was refreshed by this one."), "It must not fail: the transaction is the caller's, and goes on.");
            Expect.works("The second caller goes on with its transaction", () -> execute(second, "select 1"), "An error ends a transaction.");
            first.commit();
            Expect.equal("The second Job.refresh, when the first has committed", true, refresh(second), "When does the first let go?");
            second.commit();
        }
        same(clone, "after both");
    }

    @Test @Order(5) @Needs("secondGivesUp") @Hint(2) @DisplayName("a refresh that is rolled back is in nobody's way")
    void rolledBack(Clone clone) throws Exception {
        try (var first = clone.owner().connect(); var second = clone.owner().connect()) {
            first.setAutoCommit(false);
            execute(first, NEWS);
            refresh(first);
            first.rollback();
            Expect.equal("Job.refresh, when another one was rolled back", true, refresh(second), "When does the other let go?");
            first.rollback();
            Expect.equal("And once more, by the first", true, refresh(first), "When does the other let go?");
            first.commit();
        }
        same(clone, "after both");
    }

    private static boolean refresh(Connection connection) throws Exception {
        return Expect.within("Job.refresh", PATIENCE, () -> Job.refresh(connection));
    }

    private static void same(Clone clone, String when) throws SQLException {
        try (var connection = clone.app().connect()) {
            Expect.table("app.posts_per_user " + when, Rows.query(connection, TRUTH), Rows.query(connection, VIEW), "true means that the view is up to date.");
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

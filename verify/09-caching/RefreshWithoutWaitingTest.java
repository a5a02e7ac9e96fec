import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import lab.Login;
import org.junit.jupiter.api.*;

/** Refreshes in a transaction that stays open, while others read and refresh. */
class RefreshWithoutWaitingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int SERVERS = 6;
    private static final int ROUNDS = 5;
    private static final String TRUTH = """
        select u.id as user_id, (select count(*) from app.posts where author_id = u.id) as posts,
               (select max(created_at) from app.posts where author_id = u.id) as last_post_at from app.users u""";
    private static final String VIEW = "select user_id, posts, last_post_at from app.posts_per_user";
    private static final String POSTS_OF_8 = "select count(*) from app.posts where author_id = 8";
    private static final String NEWS = "insert into app.users select max(id) + 1, 'new' || max(id) || '@example.com' from app.users; "
        + "insert into app.posts (author_id, created_at) values (1, now()), (250, now()); delete from app.posts where author_id = 7";
    /** What changes neither how many posts and users there are, nor the newest post. */
    private static final List<String> QUIET_NEWS = List.of(
        "update app.posts set author_id = 260 where id = 20",
        "update app.posts set created_at = created_at - interval '1 day' where id = 21",
        "insert into app.posts (author_id, created_at) values (261, '2025-01-01'); delete from app.posts where id = 22",
        "update app.users set id = 4000 where id = 299",
        "delete from app.posts where id = (select max(id) from app.posts)");

    @Test @Hint(1) @Promises({"everybody", "filled"}) @DisplayName("the view has every user")
    void everybody(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        Expect.table("app.posts_per_user", Sql.query(clone.app(), TRUTH), Sql.query(clone.app(), VIEW), "User 300 has no posts. In which table is that to be seen?");
        isMaterialized(clone, "It stays a materialized view.");
    }

    @Test @Needs("everybody") @Hint(1) @Promises({"up-to-date", "filled", "next-one"}) @DisplayName("a refresh brings it up to date")
    void upToDate(Clone clone) throws Exception {
        try (var owner = transaction(clone)) {
            Sql.execute(owner, NEWS);
            Expect.equal("Job.refresh", true, refresh(owner), "Nobody else refreshes.");
            owner.commit();
            same(clone, "after a refresh");
            for (var news : QUIET_NEWS) {
                Sql.execute(owner, news);
                owner.commit();
                Expect.equal("Job.refresh", true, refresh(owner), "Nobody else refreshes.");
                owner.commit();
                same(clone, "after a refresh, when this had been changed: " + news);
            }
            Expect.equal("Job.refresh, when nothing has changed", true, refresh(owner), "The view is up to date.");
            owner.commit();
        }
        isMaterialized(clone, "It stays a materialized view, after a refresh as well.");
    }

    @Test @Needs("upToDate") @Hint(1) @Promises({"readers", "no-commit"}) @DisplayName("readers do not wait for it")
    void nobodyWaits(Clone clone) throws Exception {
        try (var owner = transaction(clone)) {
            Sql.execute(owner, NEWS);
            Expect.equal("Job.refresh", true, refresh(owner), "Nobody else refreshes.");
            readersGoOn(clone);
            owner.commit();
        }
        same(clone, "after a refresh");
    }

    @Test @Needs("nobodyWaits") @Hint(1) @Promises("readers") @DisplayName("nor does it wait for them")
    void readsOn(Clone clone) throws Exception {
        try (var owner = transaction(clone); var reader = Sql.connect(clone.app())) {
            reader.setAutoCommit(false);
            Rows.query(reader, VIEW);
            Sql.execute(owner, "insert into app.posts (author_id, created_at) values (3, now())");
            Expect.equal("Job.refresh, while a transaction that has read the view is open", true, refresh(owner),
                "Who waits for a reader with a strong lock lets nobody else read meanwhile.");
            Rows.query(reader, VIEW);
            owner.commit();
        }
        same(clone, "after a refresh");
    }

    @Test @Fresh @Needs("nobodyWaits") @Hint(1) @Promises({"readers", "up-to-date", "everybody"}) @DisplayName("nor in an empty shop, and in one that was empty")
    void emptyTables(Clone clone, Answer answer) throws Exception {
        Sql.execute(clone.owner(), "delete from app.posts; delete from app.users");
        AnswerMigrations.run(clone, answer);
        try (var owner = transaction(clone)) {
            for (var news : List.of("select 1", "insert into app.users values (1, 'first@example.com')", "insert into app.posts (author_id, created_at) values (1, now())",
                    "delete from app.posts", "delete from app.users")) {
                Sql.execute(owner, news);
                Expect.equal("Job.refresh", true, refresh(owner), "Nobody else refreshes.");
                readersGoOn(clone);
                owner.commit();
                same(clone, "after a refresh, in a shop that begins empty: " + news);
            }
        }
    }

    @Test @Needs("upToDate") @Hint(2) @Promises("no-commit") @DisplayName("the transaction stays the caller's")
    void noCommit(Clone clone) throws Exception {
        try (var owner = transaction(clone)) {
            Sql.execute(owner, "insert into app.users values (5001, 'not-yet@example.com')");
            Expect.equal("Job.refresh", true, refresh(owner), "Nobody else refreshes.");
            Expect.equal("Auto-commit of the caller's connection, after Job.refresh", false, owner.getAutoCommit(), "The connection is the caller's.");
            Expect.equal("Users whom the caller has not committed, seen by somebody else", 0L, Sql.number(clone.app(), "select count(*) from app.users where id = 5001"),
                "The transaction is the caller's; do not commit.");
            owner.rollback();
            Expect.equal("Users of a transaction that was rolled back after Job.refresh", 0L, Sql.number(clone.app(), "select count(*) from app.users where id = 5001"),
                "The transaction is the caller's; do not commit.");
            Expect.equal("Rows of the view with such a user", 0L, Sql.number(clone.app(), "select count(*) from app.posts_per_user where user_id = 5001"),
                "The refresh belongs to the transaction.");
            Sql.execute(owner, "insert into app.users values (5002, 'kept@example.com')");
            Expect.equal("Job.refresh", true, refresh(owner), "Nobody else refreshes.");
            owner.commit();
            Expect.equal("Users whom the caller has committed after Job.refresh", 1L, Sql.number(clone.app(), "select count(*) from app.users where id = 5002"),
                "What the caller has done before is still in the transaction.");
        }
    }

    @Test @Needs("noCommit") @Hint(2) @Promises("no-commit") @DisplayName("even if the refresh fails")
    void fails(Clone clone) throws Exception {
        try (var owner = transaction(clone); var other = transaction(clone)) {
            Sql.execute(owner, "insert into app.users values (5003, 'before@example.com'); savepoint before_the_refresh; set local lock_timeout = '50ms'");
            Sql.execute(other, "lock table app.posts in access exclusive mode");
            try {
                refresh(owner);
            } catch (SQLException e) {
                // 55P03, as it should be
            }
            other.rollback();
            Expect.works("The caller goes back to its savepoint, after a refresh that failed", () -> Sql.execute(owner, "rollback to savepoint before_the_refresh"),
                "The transaction is the caller's; do not roll it back.");
            owner.commit();
            Expect.equal("Users whom the caller had written before a refresh that failed, after its commit", 1L, Sql.number(clone.app(), "select count(*) from app.users where id = 5003"),
                "The transaction is the caller's; do not roll it back.");
        }
    }

    @Test @Needs("nobodyWaits") @Hint(2) @Promises({"gives-way", "no-commit", "next-one"}) @DisplayName("a second refresh does not wait for the first")
    void secondGivesUp(Clone clone) throws Exception {
        for (var isolation : Isolation.values()) {
            try (var first = transaction(clone); var second = isolation.connect(clone.owner())) {
                second.setAutoCommit(false);
                var before = Sql.number(clone.app(), POSTS_OF_8);
                Sql.execute(second, "insert into app.posts (author_id, created_at) values (8, now())");
                Sql.execute(first, "delete from app.posts where author_id = 9; insert into app.posts (author_id, created_at) values (9, now())");
                Expect.equal("The first Job.refresh", true, refresh(first), "Nobody else refreshes.");
                Sql.execute(first, "select 1"); // it does something else by now
                for (int times = 1; times <= 2; times++) {
                    Expect.works("The second Job.refresh, while the first is not committed, in " + isolation, () -> Expect.equal("What the second gives", false, refresh(second),
                        "Nothing was refreshed by this one."), "It must not fail: the transaction is the caller's, and goes on.");
                }
                Expect.works("The second caller goes on with its transaction", () -> Sql.execute(second, "select 1"), "An error ends a transaction.");
                first.commit();
                Expect.works("The second caller commits", second::commit, "An error ends a transaction.");
                Expect.equal("What the second caller has written before, and is there after its commit", 1L, Sql.number(clone.app(), POSTS_OF_8) - before,
                    "The transaction is the caller's, and goes on.");
                Expect.equal("The second Job.refresh, when the first has committed", true, refresh(second), "When does the first let go?");
                second.commit();
            }
            same(clone, "after both");
        }
    }

    @Test @Needs("secondGivesUp") @Hint(2) @Promises("gives-way") @DisplayName("also if several begin at the same moment")
    void atOnce(Clone clone) throws Exception {
        var servers = new ArrayList<Connection>();
        try {
            for (int n = 0; n < SERVERS; n++) {
                servers.add(transaction(clone));
            }
            for (int round = 0; round < ROUNDS; round++) {
                var racers = servers.stream().map(server -> (Callable<Object>) () -> new Elsewhere().apply(server)).toList();
                var refreshed = 0;
                for (var outcome : Task.race(PATIENCE.dividedBy(2), racers)) {
                    Expect.that("One of " + SERVERS + " calls of Job.refresh that begin at the same moment", outcome instanceof Task.Outcome.Value, "true or false", outcome,
                        "Between looking and locking there is room for another one.");
                    refreshed += outcome instanceof Task.Outcome.Value<?>(var value) && value.equals(true) ? 1 : 0;
                }
                Expect.that("Those of them that give true, while no transaction is over", refreshed <= 1, "one", refreshed, "Between looking and locking there is room for another one.");
                for (var server : servers) {
                    server.commit();
                }
            }
        } finally {
            for (var server : servers) {
                server.close();
            }
        }
    }

    @Test @Needs("secondGivesUp") @Hint(2) @Promises({"gives-way", "next-one"}) @DisplayName("nor for one of another server")
    void otherServer(Clone clone) throws Exception {
        Function<Object, Object> elsewhere = OtherProcess.start(Elsewhere.class, Function.class);
        for (boolean here : new boolean[] {true, false}) {
            try (var first = transaction(clone); var second = transaction(clone)) {
                Expect.equal("The first Job.refresh", true, refresh(first, here ? new Elsewhere() : elsewhere), "Nobody else refreshes.");
                Expect.equal("The second Job.refresh, in another process", false, refresh(second, here ? elsewhere : new Elsewhere()), "The job runs on every server. What do they have in common?");
                first.commit();
                Expect.equal("The second Job.refresh, when the first has committed", true, refresh(second, here ? elsewhere : new Elsewhere()), "When does the first let go?");
                second.commit();
            }
        }
    }

    @Test @Needs("secondGivesUp") @Hint(2) @Promises("gives-way") @DisplayName("nor for one that has come by another address, with other settings")
    void otherAddress(Clone clone) throws Exception {
        var owner = clone.owner();
        var address = new Login(owner.url() + (owner.url().contains("?") ? "&" : "?") + "ApplicationName=another&options=-c%20TimeZone=Asia/Tokyo%20-c%20search_path=app",
            owner.user(), owner.password());
        try (var first = transaction(clone); var second = Sql.connect(address)) {
            second.setAutoCommit(false);
            Expect.equal("The first Job.refresh", true, refresh(first), "Nobody else refreshes.");
            Expect.equal("The second Job.refresh, on a connection with another URL", false, refresh(second), "The job runs on every server. What do they have in common?");
            first.commit();
            second.rollback();
        }
    }

    @Test @Needs("secondGivesUp") @Hint(2) @Promises("next-one") @DisplayName("a refresh that is rolled back is in nobody's way")
    void rolledBack(Clone clone) throws Exception {
        try (var first = transaction(clone); var second = transaction(clone)) {
            Sql.execute(first, NEWS);
            refresh(first);
            first.rollback();
            Expect.equal("Job.refresh, when another one was rolled back", true, refresh(second), "When does the other let go?");
            second.commit();
            Expect.equal("And once more, by the first", true, refresh(first), "When does the other let go?");
            first.commit();
        }
        same(clone, "after both");
    }

    @Test @Needs("secondGivesUp") @Hint(2) @Promises("next-one") @DisplayName("nor is one whose server has died")
    void died(Clone clone) throws Exception {
        try (var first = transaction(clone); var second = transaction(clone)) {
            refresh(first);
            Faults.kill(clone, first);
            Expect.equal("Job.refresh, when the session of another one has died", true, refresh(second), "When does the other let go?");
            second.commit();
        }
        same(clone, "after both");
    }

    /** The answer, as another process calls it. */
    static final class Elsewhere implements Function<Object, Object> {
        @Override public Object apply(Object connection) {
            try {
                return Job.refresh((Connection) connection);
            } catch (SQLException e) {
                throw Faults.sneak(e);
            }
        }
    }

    /** A connection of the owner, in a transaction. */
    private static Connection transaction(Clone clone) throws SQLException {
        var connection = Sql.connect(clone.owner());
        connection.setAutoCommit(false);
        return connection;
    }

    private static Object refresh(Connection connection) throws Exception {
        return refresh(connection, new Elsewhere());
    }

    private static Object refresh(Connection connection, Function<Object, Object> job) throws Exception {
        return Expect.within("Job.refresh", PATIENCE, () -> job.apply(connection));
    }

    private static void readersGoOn(Clone clone) throws SQLException {
        Expect.table("Locks that the refresh holds and that readers wait for", Rows.columns("relation", "mode"), Sql.query(clone.observer(), """
            select relation::regclass::text as relation, mode from pg_locks
            where mode = 'AccessExclusiveLock' and locktype = 'relation' and granted and database = (select oid from pg_database where datname = current_database())
              and relation = (select oid from pg_class where relname = 'posts_per_user' and relkind = 'm')"""),
            "Which refresh lets readers through, and what does it ask of the view?");
        try (var reader = Sql.connect(clone.app())) {
            Sql.execute(reader, "set lock_timeout = '3s'");
            Expect.works("A reader, while the refresh is not committed", () -> Rows.query(reader, VIEW), "It waits for a lock of the refresh.");
        }
    }

    private static void isMaterialized(Clone clone, String lookAt) throws SQLException {
        Expect.table("What app.posts_per_user is", Rows.unnamed().row("m"),
            Sql.query(clone.app(), "select relkind::text from pg_class where oid = 'app.posts_per_user'::regclass"), lookAt);
    }

    private static void same(Clone clone, String when) throws SQLException {
        Expect.table("app.posts_per_user " + when, Sql.query(clone.app(), TRUTH), Sql.query(clone.app(), VIEW), "true means that the view is up to date.");
    }

    @Test @Needs("secondGivesUp") @Hint(2) @Promises("up-to-date") @DisplayName("what else holds a lock is waited for")
    void waitsForWhatElseThereIs(Clone clone) throws Exception {
        for (var work : List.of("lock table app.users in access exclusive mode", "analyze app.posts_per_user")) {
            try (var other = transaction(clone); var server = transaction(clone)) {
                Sql.execute(clone.owner(), NEWS);
                Sql.execute(other, work);
                var pid = Sql.pid(server);
                var refreshing = Task.start(() -> Job.refresh(server));
                refreshing.waitsForLock(clone, pid, Duration.ofSeconds(2));
                other.commit();
                Expect.equal("Job.refresh, while somebody else's transaction has done: " + work, new Task.Outcome.Value<>(true), refreshing.outcome(PATIENCE),
                    "That is no refresh. What does false tell the caller?");
                server.commit();
            }
        }
        same(clone, "after both");
    }
}

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import lab.Login;
import org.junit.jupiter.api.*;

/**
 * Two people move categories at once. One is held before each of its steps in turn, a step being a statement or a commit,
 * while the other one does all it can; and both are held inside of their updates. So every way in which two moves can
 * cross is tried, and nothing depends on luck.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MoveACategoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int MOST_STEPS = 12;

    private record Move(long category, Long parent) {
        @Override public String toString() {
            return category + " below " + parent;
        }
    }

    /** Something that happens before each step of a move. */
    private interface Step {
        void before() throws InterruptedException;
    }

    @Test @Order(1) @Hint(1) @DisplayName("a category moves, and what is below it comes along")
    void moves(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Expect.equal("Moving 5 below 3", "done", outcome(pool, () -> { }, new Move(5, 3L)), "Nothing is in the way.");
            Expect.equal("Moving 8 to the top", "done", outcome(pool, () -> { }, new Move(8, null)), "No parent at all: the way up from there is short.");
            Expect.equal("Moving 4 below 9", "done", outcome(pool, () -> { }, new Move(4, 9L)), "Nothing is in the way.");
            Expect.equal("The tree, as pairs of category and parent", "1-, 2-1, 3-1, 4-9, 5-3, 6-5, 7-6, 8-, 9-8, 10-", tree(clone),
                "A move changes one row, and is committed.");
        }
    }

    @Test @Order(2) @Needs("moves") @Fresh @Hint(2) @DisplayName("a move that would make a cycle is refused, and changes nothing")
    void refusesCycles(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var before = tree(clone);
            var who = new String[] {"below itself", "below its child", "below its grandchild", "below what is under that"};
            var where = new long[] {2, 5, 6, 7};
            for (int i = 0; i < where.length; i++) {
                Expect.equal("Moving 2 " + who[i], "WouldBeCycle", outcome(pool, () -> { }, new Move(2, where[i])),
                    "Walk up from the new parent until there is no parent any more.");
            }
            Expect.equal("The tree after four refused moves", before, tree(clone), "Nothing may change.");
        }
    }

    @Test @Order(3) @Needs("refusesCycles") @Fresh @Hint(2) @DisplayName("after a move, and after a refused one, nothing is left that others wait for")
    void theNextCanBegin(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (var parent : new long[] {6, 4}) {
                outcome(pool, () -> { }, new Move(2, parent));
                Expect.equal("Locks that are left after " + (parent == 4 ? "a move" : "a refused move"), 0L, number(clone.owner(), """
                    select count(*) from pg_locks join pg_database d on d.oid = database and datname = current_database()
                    where pid <> pg_backend_pid() and (locktype = 'advisory' or relation = 'app.categories'::regclass)"""),
                    "Does the lock end with the transaction, or with the session, which a pool keeps?");
            }
        }
    }

    @Test @Order(4) @Needs("refusesCycles") @Fresh @Hint(1) @DisplayName("of two moves that together make a cycle, one is done and the other refused")
    void oneOfTwoIsDone(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            crossAndJudge(pool, clone, new Move(2, 3L), new Move(3, 2L));
            // No row is named by both of these: 2 goes below something below 3, and 3 below something below 2.
            crossAndJudge(pool, clone, new Move(2, 9L), new Move(3, 7L));
        }
    }

    private static void crossAndJudge(DataSource pool, Clone clone, Move one, Move other) throws Exception {
        for (int step = 1; step <= MOST_STEPS; step++) {
            reset(clone);
            var crossing = crossing(pool, clone, one, other, step);
            judge(clone, crossing, one + " and " + other + ", while the first was held before its step " + step);
            if (!crossing.held()) {
                break;
            }
        }
        reset(clone);
        judge(clone, insideOfTheUpdates(pool, clone, one, other), one + " and " + other + ", while both were held inside of their updates");
    }

    @Test @Order(5) @Needs("refusesCycles") @Fresh @Hint(1) @DisplayName("of two moves that go together, both are done")
    void bothAreDone(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (int step = 1; step <= MOST_STEPS; step++) {
                reset(clone);
                var crossing = crossing(pool, clone, new Move(6, 4L), new Move(9, 10L), step);
                Expect.equal("Two moves that go together, while the first was held before its step " + step, "done and done",
                    crossing.first() + " and " + crossing.second(), "Waiting for a moment is better than refusing.");
                if (!crossing.held()) {
                    break;
                }
            }
        }
    }

    private record Crossing(String first, String second, boolean held) { }

    /** The first move is held before its given step, until the second is over or waits for a lock. */
    private static Crossing crossing(DataSource pool, Clone clone, Move one, Move other, int step) throws Exception {
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var steps = new int[1];
        var held = new boolean[1];
        var first = started(pool, () -> {
            if (++steps[0] == step) {
                held[0] = true;
                arrived.countDown();
                goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }, one);
        while (!arrived.await(2, TimeUnit.MILLISECONDS) && !first.isDone()) { }
        var second = started(pool, () -> { }, other);
        waitFor(clone, 1, second);
        goOn.countDown();
        return new Crossing(result(first, one), result(second, other), held[0]);
    }

    /** Both rows are locked by somebody else until both moves have done all that they can. */
    private static Crossing insideOfTheUpdates(DataSource pool, Clone clone, Move one, Move other) throws Exception {
        try (var gate = clone.owner().connect(); var statement = gate.createStatement()) {
            gate.setAutoCommit(false);
            statement.execute("select from app.categories where id in (" + one.category() + ", " + other.category() + ") for no key update");
            var first = started(pool, () -> { }, one);
            var second = started(pool, () -> { }, other);
            waitFor(clone, 2, first, second);
            gate.rollback();
            return new Crossing(result(first, one), result(second, other), true);
        }
    }

    private static void judge(Clone clone, Crossing crossing, String when) throws SQLException {
        var cycle = number(clone.owner(), """
            with recursive below as (
              select id from app.categories where parent_id is null
              union
              select c.id from app.categories c join below on c.parent_id = below.id)
            select 10 - count(*) from below""");
        Expect.that("The tree has a cycle after two moves at once, " + when, cycle == 0, "every category can be reached from the top",
            cycle + " categories cannot; the moves were " + crossing.first() + " and " + crossing.second(),
            "Both have looked before either wrote. Could one see what the other one did?");
        var outcomes = crossing.first() + " and " + crossing.second();
        Expect.that("What became of two moves at once, " + when, outcomes.equals("done and WouldBeCycle") || outcomes.equals("WouldBeCycle and done"),
            "one is done, the other WouldBeCycle", outcomes, "Nobody should learn that somebody else was at work.");
    }

    /** Returns when so many of the app's sessions wait for a lock, or the moves are over. */
    private static void waitFor(Clone clone, int waiting, FutureTask<?>... moves) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var running = java.util.Arrays.stream(moves).filter(move -> !move.isDone()).count();
            if (running == 0 || number(clone.observer(), """
                    select count(*) from pg_stat_activity where datname = current_database()
                    and usename = 'course_app' and wait_event_type = 'Lock'""") >= Math.min(running, waiting)) {
                return;
            }
            Thread.sleep(2);
        }
    }

    private static FutureTask<String> started(DataSource pool, Step step, Move move) {
        var task = new FutureTask<>(() -> outcome(pool, step, move));
        var thread = Thread.ofPlatform().daemon().name("move " + move).unstarted(task);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        return task;
    }

    private static String result(FutureTask<String> move, Move what) throws Exception {
        return Expect.within("Moving " + what + " while somebody else moves", PATIENCE, move::get);
    }

    private static String outcome(DataSource pool, Step step, Move move) throws Exception {
        try {
            new Categories(stepping(pool, step)).move(move.category(), move.parent());
            return "done";
        } catch (Categories.WouldBeCycle e) {
            return "WouldBeCycle";
        } catch (SQLException e) {
            return "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
        }
    }

    /** The same pool; whoever borrows from it lets {@code step} know before each statement and each commit. */
    private static DataSource stepping(DataSource pool, Step step) {
        return proxy(DataSource.class, pool, step);
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, Object real, Step step) {
        return (T) Proxy.newProxyInstance(MoveACategoryTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().startsWith("execute") || method.getName().equals("commit")) {
                step.before();
            }
            try {
                var result = method.invoke(real, arguments);
                return result instanceof Connection || result instanceof Statement ? proxy((Class<Object>) method.getReturnType(), result, step) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static HikariDataSource pool(Clone clone) {
        var config = new HikariConfig();
        config.setJdbcUrl(clone.app().url());
        config.setUsername(clone.app().user());
        config.setPassword(clone.app().password());
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(5000);
        return new HikariDataSource(config);
    }

    private static void reset(Clone clone) throws SQLException {
        try (var connection = clone.owner().connect(); var statement = connection.createStatement()) {
            statement.execute("""
                update app.categories set parent_id = case id when 2 then 1 when 3 then 1 when 4 then 1 when 5 then 2 when 6 then 5
                  when 7 then 6 when 8 then 3 when 9 then 8 end""");
        }
    }

    private static String tree(Clone clone) throws SQLException {
        try (var connection = clone.app().connect()) {
            return (String) Rows.query(connection, "select string_agg(id || '-' || coalesce(parent_id::text, ''), ', ' order by id) "
                + "from app.categories").values().getFirst().getFirst();
        }
    }

    private static long number(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return ((Number) Rows.query(connection, sql).values().getFirst().getFirst()).longValue();
        }
    }
}

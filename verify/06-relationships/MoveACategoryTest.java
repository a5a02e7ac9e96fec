import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;

/**
 * Two people move categories at once, on two servers of the shop. One is held before each of its steps in turn, a step being a
 * statement or a commit, while the other one does all it can; and both are held inside of their updates. So every way in which two
 * moves can cross is tried, and nothing depends on luck.
 */
class MoveACategoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** Who waits in PostgreSQL is seen at once; this is for those who ask again and again. */
    private static final Duration UNSEEN = Duration.ofMillis(500);
    /** In milliseconds; a check can wait so long. */
    private static final long LONGEST_LIMIT = 6000;
    private static final int MOST_STEPS = 12;
    /** Whoever takes the locks of several rows meets a deadlock in each crossing, and waits a second for it: more would take too long. */
    private static final int FEW_STEPS = 3;
    private static final String LOCKS = """
        select count(*) from pg_locks join pg_database d on d.oid = database and datname = current_database()
        where pid <> pg_backend_pid() and (locktype = 'advisory' or relation = 'app.categories'::regclass)""";

    private record Move(long category, Long parent) {
        @Override public String toString() {
            return category + (parent == null ? " to the top" : " below " + parent);
        }
    }

    /** Something that happens before each step of a move. */
    private interface Step {
        void before() throws Exception;
    }

    /** Calls the answer. What came of it, in words. */
    static class Server implements BiFunction<DataSource, Long[], String> {
        @Override public String apply(DataSource pool, Long[] move) {
            try {
                new Categories(pool).move(move[0], move[1]);
                return "done";
            } catch (Categories.WouldBeCycle e) {
                return "WouldBeCycle";
            } catch (SQLException e) {
                return "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
            } catch (Throwable e) {
                return e.toString();
            }
        }
    }

    private static final BiFunction<DataSource, Long[], String> HERE = new Server();
    private static final BiFunction<DataSource, Long[], String> THERE = start();

    @SuppressWarnings("unchecked")
    private static BiFunction<DataSource, Long[], String> start() {
        return OtherProcess.start(Server.class, BiFunction.class);
    }

    @Test @Hint(1) @Promises("moves") @DisplayName("a category moves, and what is below it comes along")
    void moves(Clone clone) throws Exception {
        try (var pool = pool(clone, 2)) {
            moved(pool, new Move(5, 3L));
            moved(pool, new Move(8, null));
            moved(pool, new Move(4, 9L));
            Expect.equal("The tree, as pairs of category and parent", "1-, 2-1, 3-1, 4-9, 5-3, 6-5, 7-6, 8-, 9-8, 10-", tree(clone),
                "A move changes one row, and is committed.");
            moved(pool, new Move(4, 9L));
            moved(pool, new Move(8, null));
            moved(pool, new Move(1, 10L));
            moved(pool, new Move(10, 4L));
            moved(pool, new Move(7, 5L));
            moved(pool, new Move(6, 7L));
            Expect.equal("The tree, as pairs of category and parent", "1-10, 2-1, 3-1, 4-9, 5-3, 6-7, 7-5, 8-, 9-8, 10-4", tree(clone),
                "A move to where it is already is a move, too, and so is one with everything below.");
            Expect.table("The names", Rows.unnamed().row("Everything, Kitchen, Garden, Office, Pots, Lids, Knobs, Spades, Handles, Sale"), new Rows(List.of(),
                Sql.query(clone.app(), "select string_agg(name, ', ' order by id) from app.categories").values()), "A move changes nothing else.");
        }
    }

    private static void moved(DataSource pool, Move move) throws Exception {
        Expect.equal("Moving " + move, "done", result(() -> outcome(HERE, pool, () -> { }, move), move), "Nothing is in the way.");
    }

    @Test @Needs("moves") @Fresh @Hint(2) @Promises("no-cycle") @DisplayName("a move that would make a cycle is refused, and changes nothing")
    void refusesCycles(Clone clone) throws Exception {
        try (var pool = pool(clone, 2)) {
            var before = tree(clone);
            var who = new String[] {"below itself", "below its child", "below its grandchild", "below what is under that"};
            var where = new long[] {2, 5, 6, 7};
            for (int i = 0; i < where.length; i++) {
                var move = new Move(2, where[i]);
                Expect.equal("Moving 2 " + who[i], "WouldBeCycle", result(() -> outcome(HERE, pool, () -> { }, move), move),
                    "Walk up from the new parent until there is no parent any more.");
            }
            Expect.equal("The tree after four refused moves", before, tree(clone), "Nothing may change.");
        }
    }

    @Test @Needs("refusesCycles") @Fresh @Hint(2) @Promises({"moves", "no-cycle"}) @DisplayName("so it is in any tree, and in a deep one")
    void anyTree(Clone clone) throws Exception {
        var random = RandomData.create();
        var parents = new HashMap<Long, Long>();
        Sql.execute(clone.owner(), "truncate app.categories; insert into app.categories select n, nullif(n - 1, 1000), 'Deep' from generate_series(1001, 2200) n");
        for (long id = 1001; id <= 2200; id++) {
            parents.put(id, id == 1001 ? null : id - 1);
        }
        var insert = new StringBuilder();
        for (long id = 1; id <= 40; id++) {
            parents.put(id, id == 1 || random.number(1, 6) == 1 ? null : Long.valueOf(random.number(1, (int) id - 1)));
            insert.append("insert into app.categories values (%d, %s, 'Random');".formatted(id, parents.get(id)));
        }
        Sql.execute(clone.owner(), insert.toString());
        try (var pool = pool(clone, 1)) {
            for (int i = 0; i < 40; i++) {
                var move = switch (i) {
                    case 0 -> new Move(1001, 2200L);
                    case 1 -> new Move(1001, 1260L);
                    case 2 -> new Move(2200, 1002L);
                    case 3 -> new Move(1150, 2200L);
                    default -> new Move(random.number(1, 40), random.number(1, 8) == 1 ? null : Long.valueOf(random.number(1, 40)));
                };
                var cycle = false;
                for (var at = move.parent(); at != null; at = parents.get(at)) {
                    cycle |= at == move.category();
                }
                Expect.equal("Moving " + move + (move.category() > 40 ? ", in a chain of 1200" : ", in a tree made up for this check"), cycle ? "WouldBeCycle" : "done",
                    result(() -> outcome(HERE, pool, () -> { }, move), move), "Walk up from the new parent until there is no parent any more.");
                if (!cycle) {
                    parents.put(move.category(), move.parent());
                }
            }
        }
        var tree = Rows.unnamed();
        for (var node : parents.entrySet()) {
            tree = tree.row(node.getKey(), node.getValue());
        }
        Expect.table("The tree after these moves, category and parent", tree, new Rows(List.of(), Sql.query(clone.app(), "select id, parent_id from app.categories").values()),
            "A move changes one row, a refused one none.");
    }

    @Test @Needs("refusesCycles") @Fresh @Hint(2) @Promises("next-at-once") @DisplayName("after a move, a refused one or a failure, nothing is left that others wait for")
    void theNextCanBegin(Clone clone) throws Exception {
        try (var pool = pool(clone, 1)) {
            ConnectionState lent;
            try (var connection = pool.getConnection()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                Sql.execute(connection, "set lock_timeout = '5s'; set work_mem = '5MB'; set search_path = app, public"); // as a pool may say of its connections
            }
            try (var connection = pool.getConnection()) {
                lent = ConnectionState.of(connection);
            }
            afterwards(clone, pool, lent, "a refused move", () -> { }, new Move(2, 6L));
            afterwards(clone, pool, lent, "a move", () -> { }, new Move(2, 4L));
            afterwards(clone, pool, lent, "a move below what does not exist", () -> { }, new Move(2, 4711L));
            afterwards(clone, pool, lent, "a move of what does not exist", () -> { }, new Move(4711, 2L));
            for (int step = 1; step <= 4; step++) {
                for (var failure : List.of(new SQLException("a timeout, says the test", "57014"), new StackOverflowError("says the test"))) {
                    var left = new int[] {step};
                    afterwards(clone, pool, lent, "a move whose step " + step + " failed by " + failure, () -> {
                        if (--left[0] == 0) {
                            throw failure instanceof Exception exception ? exception : Faults.sneak((Throwable) failure);
                        }
                    }, new Move(3, step % 2 == 0 ? 4L : 10L));
                }
            }
        }
    }

    private static void afterwards(Clone clone, HikariDataSource pool, ConnectionState lent, String what, Step step, Move move) throws Exception {
        result(() -> outcome(HERE, pool, step, move), move);
        Expect.equal("Connections that are missing from the pool after " + what, 0, pool.getHikariPoolMXBean().getActiveConnections(), "Is each one closed, whatever happens?");
        Expect.equal("Locks that are left after " + what, 0L, Sql.number(clone.owner(), LOCKS), "Does the lock end with the transaction, or with the session, which a pool keeps?");
        try (var connection = pool.getConnection()) {
            Expect.asLent("The connection in the pool after " + what, lent, ConnectionState.of(connection), "The next one to borrow it is somebody else.");
        }
        var next = new Move(7, 6L);
        Expect.equal("Moving " + next + " after " + what, "done", result(() -> outcome(HERE, pool, () -> { }, next), next), "What does it wait for?");
    }

    @Test @Needs("refusesCycles") @Fresh @Hint(1) @Promises({"not-together", "together"}) @DisplayName("of two moves that together make a cycle, one is done and the other refused")
    void oneOfTwoIsDone(Clone clone) throws Exception {
        try (var pool = pool(clone, 2)) {
            crossAndJudge(pool, clone, new Move(2, 3L), new Move(3, 2L), MOST_STEPS);
            // No row is named by both of these: 2 goes below something below 3, and 3 below something below 2.
            crossAndJudge(pool, clone, new Move(2, 9L), new Move(3, 7L), FEW_STEPS);
        }
    }

    @Test @Needs("oneOfTwoIsDone") @Fresh @Hint(1) @Promises({"not-together", "together"}) @DisplayName("so it is in the other order, and between two trees")
    void oneOfTwoInTheOtherOrder(Clone clone) throws Exception {
        try (var pool = pool(clone, 2)) {
            crossAndJudge(pool, clone, new Move(3, 7L), new Move(2, 9L), FEW_STEPS);
            crossAndJudge(pool, clone, new Move(10, 7L), new Move(1, 10L), FEW_STEPS); // they begin in two trees
        }
    }

    private static void crossAndJudge(DataSource pool, Clone clone, Move one, Move other, int steps) throws Exception {
        for (int step = 1; step <= steps; step++) {
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

    @Test @Needs("refusesCycles") @Fresh @Hint(1) @Promises("together") @DisplayName("of two moves that go together, both are done")
    void bothAreDone(Clone clone) throws Exception {
        try (var pool = pool(clone, 2)) {
            for (var other : List.of(new Move(9, 10L), new Move(6, 1L), new Move(6, 4L), new Move(1, 7L))) {
                var expected = "done and " + (other.category() == 1 ? "WouldBeCycle" : "done");
                for (int step = 1; step <= FEW_STEPS; step++) {
                    reset(clone);
                    var crossing = crossing(pool, clone, new Move(6, 4L), other, step);
                    Expect.equal("Moving 6 below 4 and, at the same moment, " + other + ", while the first was held before its step " + step, expected,
                        crossing.first() + " and " + crossing.second(), "Waiting for a moment is better than refusing.");
                    if (!crossing.held()) {
                        break;
                    }
                }
            }
        }
    }

    @Test @Needs("bothAreDone") @Fresh @Hint(1) @Promises("together") @DisplayName("who has to wait waits, and who has to try again does")
    void isPatient(Clone clone) throws Exception {
        try (var pool = pool(clone, 2)) {
            var first = new Move(6, 4L);
            var faster = new int[1];
            var others = new ArrayList<Task<String>>();
            // Before each of its commits and updates somebody else moves, and has either finished or waits.
            var end = result(() -> outcome(HERE, pool, () -> {
                if (faster[0] < 2 * MOST_STEPS && others.stream().allMatch(Task::isDone)) {
                    var other = new Move(9, faster[0]++ % 2 == 0 ? 10L : 8L);
                    var task = Task.start(() -> outcome(THERE, pool, () -> { }, other));
                    others.add(task);
                    waitFor(clone, 1, task);
                }
            }, first), first);
            Expect.equal("Moving " + first + ", while others who are faster move 9 again and again", "done", end, "They do not hinder each other for good. How often does it try?");
            for (var other : others) {
                Expect.equal("Moving 9, while somebody moves 6", "done", other.outcome(PATIENCE).toString(), "Nobody should learn that somebody else was at work.");
            }
            var steps = new int[1];
            outcome(HERE, pool, () -> steps[0]++, new Move(6, 5L));
            var arrived = new CountDownLatch(1);
            var slow = Task.start(() -> outcome(HERE, pool, () -> {
                if (--steps[0] == 0) {
                    arrived.countDown();
                    Thread.sleep(1200);
                }
            }, first));
            arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var second = new Move(9, 10L);
            Expect.equal("Moving " + second + ", while somebody needs a second to move 6", "done", result(() -> outcome(THERE, pool, () -> { }, second), second),
                "Waiting is better than refusing.");
            Expect.equal("Moving 6, slowly", "done", slow.outcome(PATIENCE).toString(), "Waiting is better than refusing.");
        }
    }

    @Test @Needs("isPatient") @Fresh @Hint(1) @Promises({"together", "next-at-once"}) @DisplayName("who has to try again needs no second connection for it")
    void triesAgainOnOneConnection(Clone clone) throws Exception {
        try (var pool = pool(clone, 1); var other = Sql.connect(clone.owner())) {
            Sql.execute(other, "set lock_timeout = '50ms'");
            var left = new int[] {3 * MOST_STEPS};
            var move = new Move(6, 4L);
            Expect.equal("Moving " + move + ", with a pool of one connection, while other transactions get in the way again and again", "done",
                result(() -> outcome(HERE, pool, () -> {
                    if (left[0]-- > 0) {
                        getInTheWay(other);
                    }
                }, move), move), "Who tries again has a connection already.");
        }
    }

    /** Reads what the move writes, and writes what it reads, so that a serializable transaction has to try again; unless locks forbid it. */
    private static void getInTheWay(Connection other) throws SQLException {
        other.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        other.setAutoCommit(false);
        try {
            Sql.execute(other, "select count(*) from app.categories; update app.categories set name = name where id <> 6");
            other.commit();
        } catch (SQLException e) {
            other.rollback(); // it waited for a lock, or is the one that would have to try again
        }
    }

    @Test @Needs("oneOfTwoIsDone") @Fresh @Hint(1) @Promises({"not-together", "together"}) @DisplayName("and if six move at once, there is no cycle, and no error")
    void sixAtOnce(Clone clone) throws Exception {
        try (var pool = pool(clone, 6)) {
            for (int round = 1; round <= 4; round++) {
                reset(clone);
                var racers = new ArrayList<Callable<String>>();
                for (var move : List.of(new Move(2, 9L), new Move(3, 7L), new Move(4, 6L), new Move(2, 4L), new Move(10, 8L), new Move(3, 10L))) {
                    racers.add(() -> outcome(racers.size() % 2 == 0 ? HERE : THERE, pool, () -> { }, move));
                }
                var outcomes = Task.race(PATIENCE, racers).stream().map(Object::toString).toList();
                noCycle(clone, "six moves at once", String.join(", ", outcomes));
                Expect.equal("Errors of six who move at once", List.of(), outcomes.stream().filter(end -> !List.of("done", "WouldBeCycle").contains(end)).toList(),
                    "Nobody should learn that somebody else was at work.");
            }
        }
    }

    @Test @Needs("isPatient") @Fresh @Hint(1) @Promises("together") @DisplayName("who has to wait longer than any limit it has set waits all the same")
    void waitsPastItsLimit(Clone clone) throws Exception {
        var timeouts = new QueryTimeouts();
        var move = new Move(6, 4L);
        try (var pool = pool(clone, 1); var holder = Sql.connect(clone.owner()); var limits = TimeLimits.in(clone, "app.categories", "name")) {
            moved(timeouts.shortened(pool), new Move(6, 5L));
            var limit = Long.parseLong(Sql.text(clone.owner(), "select name from app.categories where id = 6"));
            Expect.that("Milliseconds that a move would wait for another one, by the time limits of its session", limit <= LONGEST_LIMIT || limit >= 60_000,
                "so many that nobody meets it", limit, "Who has to wait waits.");
            holder.setAutoCommit(false);
            Sql.execute(holder, "lock table app.categories in exclusive mode");
            var waiting = Task.start(() -> outcome(HERE, timeouts.shortened(pool), () -> { }, move));
            waitFor(clone, 1, waiting);
            if (limit <= LONGEST_LIMIT) {
                Task.until(Duration.ofMillis(limit + 500), waiting::isDone);
            }
            timeouts.letPass(waiting);
            holder.rollback();
            Expect.equal("Moving " + move + ", when somebody else was at work for longer than a limit of its session", "done", waiting.outcome(PATIENCE).toString(), "Waiting is better than refusing.");
        }
    }

    private record Crossing(String first, String second, boolean held) { }

    /** The first move is held before its given step, until the second is over or waits for a lock. */
    private static Crossing crossing(DataSource pool, Clone clone, Move one, Move other, int step) throws Exception {
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var steps = new int[1];
        var held = new boolean[1];
        var first = Task.start(() -> outcome(HERE, pool, () -> {
            if (++steps[0] == step) {
                held[0] = true;
                arrived.countDown();
                goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }, one));
        while (!arrived.await(2, TimeUnit.MILLISECONDS) && !first.isDone()) { }
        var second = Task.start(() -> outcome(THERE, pool, () -> { }, other));
        waitFor(clone, 1, second);
        goOn.countDown();
        return new Crossing(first.outcome(PATIENCE).toString(), second.outcome(PATIENCE).toString(), held[0]);
    }

    /** Both rows are locked by somebody else until both moves have done all that they can. */
    private static Crossing insideOfTheUpdates(DataSource pool, Clone clone, Move one, Move other) throws Exception {
        try (var gate = Sql.connect(clone.owner())) {
            gate.setAutoCommit(false);
            Sql.execute(gate, "select from app.categories where id in (" + one.category() + ", " + other.category() + ") for no key update");
            var first = Task.start(() -> outcome(HERE, pool, () -> { }, one));
            var second = Task.start(() -> outcome(THERE, pool, () -> { }, other));
            waitFor(clone, 2, first, second);
            gate.rollback();
            return new Crossing(first.outcome(PATIENCE).toString(), second.outcome(PATIENCE).toString(), true);
        }
    }

    private static void judge(Clone clone, Crossing crossing, String when) throws SQLException {
        noCycle(clone, "two moves at once, " + when, crossing.first() + " and " + crossing.second());
        var outcomes = crossing.first() + " and " + crossing.second();
        Expect.that("What became of two moves at once, " + when, outcomes.equals("done and WouldBeCycle") || outcomes.equals("WouldBeCycle and done"),
            "one is done, the other WouldBeCycle", outcomes, "Nobody should learn that somebody else was at work.");
    }

    private static void noCycle(Clone clone, String after, String outcomes) throws SQLException {
        var lost = Sql.number(clone.owner(), """
            with recursive below as (
              select id from app.categories where parent_id is null
              union
              select c.id from app.categories c join below on c.parent_id = below.id)
            select 10 - count(*) from below""");
        Expect.that("The tree has a cycle after " + after, lost == 0, "every category can be reached from the top",
            lost + " categories cannot; the moves were " + outcomes, "Both have looked before either wrote. Could one see what the other one did?");
    }

    /** Returns when so many of the app's sessions wait for a lock, or the moves are over. */
    private static void waitFor(Clone clone, int waiting, Task<?>... moves) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            Task.until(UNSEEN, () -> {
                var running = Arrays.stream(moves).filter(move -> !move.isDone()).count();
                return running == 0 || ((Number) Rows.query(observer, """
                    select count(*) from pg_stat_activity where datname = current_database()
                    and usename = 'course_app' and wait_event_type = 'Lock'""").values().getFirst().getFirst()).longValue() >= Math.min(running, waiting);
            });
        }
    }

    private static String result(Callable<String> move, Move what) throws Exception {
        return Expect.within("Moving " + what, PATIENCE, move);
    }

    private static String outcome(BiFunction<DataSource, Long[], String> server, DataSource pool, Step step, Move move) {
        return server.apply(stepping(pool, step), new Long[] {move.category(), move.parent()});
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

    private static HikariDataSource pool(Clone clone, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(clone.app().url());
        config.setUsername(clone.app().user());
        config.setPassword(clone.app().password());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(5000);
        return new HikariDataSource(config);
    }

    private static void reset(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), """
            update app.categories set parent_id = case id when 2 then 1 when 3 then 1 when 4 then 1 when 5 then 2 when 6 then 5
              when 7 then 6 when 8 then 3 when 9 then 8 end""");
    }

    private static String tree(Clone clone) throws SQLException {
        return Sql.text(clone.app(), "select string_agg(id || '-' || coalesce(parent_id::text, ''), ', ' order by id) from app.categories");
    }
}

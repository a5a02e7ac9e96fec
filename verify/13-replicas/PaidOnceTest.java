import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import org.junit.jupiter.api.*;
import org.postgresql.ds.PGSimpleDataSource;

/** Judges 13.2 on two servers of its own, of which one is killed and the other promoted, and with failures made on purpose. */
class PaidOnceTest {
    private static final Duration LONG = Duration.ofSeconds(12);
    private static final List<String> AGAIN = List.of("08001", "08003", "08006", "57P01", "57P02", "57P03", "25006");
    private static String unfit = "";
    private static OwnClusters clusters;
    private static OwnCluster left;
    private static OwnCluster right;
    private static Login now;
    /** It has no primary at all, and takes its time while the servers start. */
    private static final AtomicInteger TRIES = new AtomicInteger();
    private static volatile Duration waited = Duration.ZERO;
    private static volatile SQLException lastRefused;
    private static Task<Throwable> inVain;
    /** When it tried where the first try took two seconds, in nanoseconds. */
    private static final List<Long> AFTER_A_SLOW_ONE = new CopyOnWriteArrayList<>();
    private static Task<String> slowOne;
    /** How long it tried where each try takes a while before it fails. */
    private static Task<Duration> slowOnes;

    @BeforeAll static void open(PostgresPrograms programs) throws Exception {
        inVain = Task.start(() -> {
            var start = System.nanoTime();
            try {
                new Payments(source(() -> {
                    TRIES.incrementAndGet();
                    lastRefused = new SQLException("Connection refused", "08001");
                    throw lastRefused;
                })).pay(UUID.randomUUID(), 1);
                return null;
            } catch (Throwable e) {
                return e;
            } finally {
                waited = Duration.ofNanos(System.nanoTime() - start);
            }
        });
        slowOne = Task.start(() -> {
            new Payments(source(() -> {
                if (AFTER_A_SLOW_ONE.isEmpty()) {
                    AFTER_A_SLOW_ONE.add(System.nanoTime());
                    Thread.sleep(2000);
                }
                AFTER_A_SLOW_ONE.add(System.nanoTime());
                throw new SQLException("Connection timed out", "08001");
            })).pay(UUID.randomUUID(), 1);
            return "paid";
        });
        slowOnes = Task.start(() -> {
            var start = System.nanoTime();
            try {
                new Payments(source(() -> {
                    Thread.sleep(400);
                    throw new SQLException("Connection timed out", "08001");
                })).pay(UUID.randomUUID(), 1);
            } catch (SQLException e) {
                // as it should be, after a while
            }
            return Duration.ofNanos(System.nanoTime() - start);
        });
        unfit = programs.reasonUnavailable();
        if (unfit.isEmpty()) {
            clusters = programs.clusters();
            left = clusters.create("left");
            left.set(Map.of("autovacuum", "off"));
            left.start();
            now = left.admin();
            Sql.execute(now, "create table payments (key uuid primary key, amount int not null check (amount > 0))");
            right = clusters.standby(left, "right");
            right.start();
            Expect.that("The verifier's standby streams", Task.until(LONG, () ->
                Sql.number(now, "select count(*) from pg_stat_replication where state = 'streaming'") == 1), "it does", "it does not", "This is not your fault; please tell the authors.");
        }
    }

    @AfterAll static void close() {
        if (clusters != null) {
            clusters.close();
        }
    }

    @BeforeEach void notHere() {
        Assumptions.assumeTrue(unfit.isEmpty(), unfit);
    }

    /** How a connection is had. */
    private interface Lending {
        Connection lend() throws SQLException, InterruptedException;
    }

    private static DataSource source(Lending lending) {
        return (DataSource) Proxy.newProxyInstance(PaidOnceTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) ->
            method.getName().equals("getConnection") ? lending.lend() : null);
    }

    /** Where and how a payment fails. */
    private record Failing(String where, SQLException failure, int times) { }

    /** Connections to the primary, some of which fail in a certain way; knows what is lent. */
    private static final class Pool {
        private final Map<String, Failing> failing = new HashMap<>();
        private final Set<Connection> lent = ConcurrentHashMap.newKeySet();
        private final List<Connection> all = new CopyOnWriteArrayList<>();
        private final List<Integer> lentAtBegin = new CopyOnWriteArrayList<>();
        private final Map<String, Integer> failed = new HashMap<>();

        Pool(Failing... all) {
            for (var one : all) {
                failing.put(one.where(), one);
            }
        }

        int tries() {
            return lentAtBegin.size();
        }

        Connection lend() throws SQLException {
            lentAtBegin.add(lent.size());
            fail("getConnection");
            var connection = Sql.connect(now);
            lent.add(connection);
            all.add(connection);
            return (Connection) Proxy.newProxyInstance(Pool.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                if (method.getName().equals("close")) {
                    lent.remove(connection);
                }
                fail(method.getName());
                var result = invoke(connection, method, arguments);
                return result instanceof Statement statement ? watched(method.getReturnType(), statement) : result;
            });
        }

        private Object watched(Class<?> type, Statement statement) {
            return Proxy.newProxyInstance(Pool.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                var executes = method.getName().startsWith("execute");
                if (executes) {
                    fail("before");
                }
                var result = invoke(statement, method, arguments);
                if (executes) {
                    fail("after"); // it is stored, and the answer is lost
                }
                return result;
            });
        }

        private synchronized void fail(String where) throws SQLException {
            if (failing.get(where) instanceof Failing(var place, var failure, int times) && failed.merge(place, 1, Integer::sum) <= times) {
                throw failure;
            }
        }

        private static Object invoke(Object on, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(on, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        void end() throws SQLException {
            for (var connection : all) {
                connection.close();
            }
        }
    }

    private static void paid(String what, Pool pool, UUID key, int amount) throws Exception {
        try {
            Expect.within(what, LONG, () -> {
                new Payments(source(pool::lend)).pay(key, amount);
                return null;
            });
        } catch (SQLException e) {
            Expect.that(what, false, "it returns", e.getSQLState() + " " + e.getMessage(), "Is it worth another try?");
        }
    }

    private static void stored(String what, UUID key, int amount) throws SQLException {
        Expect.equal(what, "1 row, " + amount, Sql.text(now, "select count(*) || ' row, ' || coalesce(min(amount), 0) from payments where key = ?", key), "What was stored by which try?");
    }

    @Test @Promises("once") @DisplayName("a payment is stored")
    void stores() throws Exception {
        var random = RandomData.create();
        var amount = random.number(1, 1000);
        var key = UUID.randomUUID();
        var pool = new Pool(new Failing("", new SQLException(), 0));
        paid("A payment", pool, key, amount);
        stored("The payment", key, amount);
        pool.end();
    }

    @Test @Needs("stores") @Hint(1) @Promises("tries-again") @DisplayName("it tries again after each failure that will pass")
    void triesAgain() throws Exception {
        for (var state : AGAIN) {
            for (var where : state.equals("08001") ? List.of("getConnection") : List.of("getConnection", "before")) {
                var key = UUID.randomUUID();
                int times = state.equals("08006") ? 3 : 1;
                var pool = new Pool(new Failing(where, new SQLException("made by the verifier", state), times));
                var what = "A payment that fails with " + state + (where.equals("before") ? " when it executes" : " when it wants a connection");
                paid(what, pool, key, 7);
                stored(what, key, 7);
                Expect.equal(what + ": connections it has asked for", times + 1, pool.tries(), "What is left of a connection that was lost?");
                pool.end();
            }
        }
    }

    @Test @Needs("triesAgain") @Hint(2) @Promises("once") @DisplayName("a payment whose answer was lost is paid, and paid once")
    void once() throws Exception {
        var key = UUID.randomUUID();
        var pool = new Pool(new Failing("after", new SQLException("An I/O error occurred", "08006"), 2));
        paid("A payment whose answer is lost twice", pool, key, 9);
        stored("The payment whose answer was lost", key, 9);
        paid("The same key once more", pool, key, 9);
        stored("The payment that was asked for twice", key, 9);
        paid("The same key with another amount", pool, key, 10);
        stored("The payment that was asked for with another amount", key, 9);
        pool.end();
    }

    @Test @Needs("once") @Hint(2) @Promises("once") @DisplayName("a payment that another one has stored, and not committed yet, is paid once, and both hear so")
    void onceWhileAnotherStoresIt() throws Exception {
        var pool = new Pool(new Failing("", new SQLException(), 0));
        var key = UUID.randomUUID();
        try (var other = Sql.connect(now); var observer = Sql.connect(now)) {
            other.setAutoCommit(false);
            Sql.execute(other, "insert into payments values ('" + key + "', 12)");
            var asking = Task.start(() -> {
                new Payments(source(pool::lend)).pay(key, 12);
                return "paid";
            });
            Task.until(Duration.ofSeconds(2), () -> asking.isDone() || !Rows.query(observer, "select from pg_locks where locktype = 'transactionid' and not granted").values().isEmpty());
            other.commit();
            var outcome = asking.outcome(LONG);
            Expect.that("A payment that another one has stored and commits while it is asked for", outcome instanceof Task.Outcome.Value<String>, "it returns", outcome, "Another one may store it between two looks of yours.");
        }
        stored("The payment that two have stored", key, 12);
        pool.end();
    }

    @Test @Needs("once") @Hint(2) @Promises("once") @DisplayName("a payment that two ask for at the same moment is paid once, and both hear so")
    void onceForMany() throws Exception {
        var pool = new Pool(new Failing("", new SQLException(), 0));
        for (int round = 0; round < 10; round++) {
            var key = UUID.randomUUID();
            var askers = Collections.nCopies(4, (Callable<String>) () -> {
                new Payments(source(pool::lend)).pay(key, 11);
                return "paid";
            });
            for (var outcome : round == 0 ? allHaveLooked(askers) : Task.race(LONG, askers)) {
                Expect.that("A payment that four threads ask for at once", outcome instanceof Task.Outcome.Value<String>, "it returns", outcome, "Another one may store it between two statements of yours.");
            }
            stored("The payment that four threads asked for at once", key, 11);
        }
        pool.end();
    }

    /** Nobody can store anything until all of them want to, so whoever looks first has seen nothing. */
    private static List<Task.Outcome<String>> allHaveLooked(List<Callable<String>> askers) throws Exception {
        try (var holder = Sql.connect(now); var observer = Sql.connect(now)) {
            holder.setAutoCommit(false);
            Sql.execute(holder, "lock table payments in share mode");
            var asking = askers.stream().map(Task::start).toList();
            Task.until(Duration.ofSeconds(2), () -> Rows.query(observer, "select from pg_locks where relation = 'payments'::regclass and not granted").values().size() == asking.size());
            holder.rollback();
            var outcomes = new ArrayList<Task.Outcome<String>>();
            for (var one : asking) {
                outcomes.add(one.outcome(LONG));
            }
            return outcomes;
        }
    }

    @Test @Needs("stores") @Hint(2) @Promises("at-once") @DisplayName("other failures reach the caller, at once")
    void atOnce() throws Exception {
        for (var state : Arrays.asList("40001", "42501", "53300", "57014", "57P04", "57P05", "57000", "22008", null)) {
            var failure = new SQLException("made by the verifier", state);
            var pool = new Pool(new Failing("before", failure, 1));
            Expect.passesOn("A payment that fails with " + state, failure, () -> new Payments(source(pool::lend)).pay(UUID.randomUUID(), 7), "Will it pass by itself?");
            Expect.equal("A payment that fails with " + state + ": tries", 1, pool.tries(), "Will it pass by itself?");
            pool.end();
        }
        var pool = new Pool(new Failing("", new SQLException(), 0));
        Expect.sqlState("A payment of nothing", "23514", () -> new Payments(source(pool::lend)).pay(UUID.randomUUID(), 0), "What the database refuses, the caller must hear.");
        pool.end();
    }

    @Test @Needs("triesAgain") @Promises("gives-back") @DisplayName("each connection goes back, before it asks for another one")
    void givesBack() throws Exception {
        for (var where : List.of("", "before", "after", "prepareStatement")) {
            var pool = new Pool(new Failing(where, new SQLException("made by the verifier", "08006"), 2));
            paid("A payment", pool, UUID.randomUUID(), 3);
            Expect.equal("Connections that are lent after a payment" + (where.isEmpty() ? "" : " with failures"), 0, pool.lent.size(), "Who closes it, on this way?");
            Expect.equal("Connections that were lent when it asked for another one", List.of(0), pool.lentAtBegin.stream().distinct().toList(), "Is the last one back by then?");
            pool.end();
        }
        var pool = new Pool(new Failing("before", new SQLException("made by the verifier", "42501"), 1));
        try {
            new Payments(source(pool::lend)).pay(UUID.randomUUID(), 3);
        } catch (SQLException e) {
            // as it should be
        }
        Expect.equal("Connections that are lent after a failure for the caller", 0, pool.lent.size(), "Who closes it, on this way?");
        pool.end();
    }

    @Test @Needs("triesAgain") @Promises("gives-up") @DisplayName("after five seconds in vain it gives up")
    void givesUp() throws Exception {
        Expect.that("A payment without any primary", Task.until(LONG, inVain::isDone), "an end after five seconds", "none after twelve", "What if there never is one again?");
        var thrown = inVain.outcome(LONG) instanceof Task.Outcome.Value<Throwable>(var failure) ? failure : null;
        Expect.that("How long it tried", waited.toMillis() >= 4990 && waited.toMillis() <= 7500, "about five seconds", waited.toMillis() + " ms", "When does it begin, and when does it end?");
        Expect.that("What it throws in the end", thrown != null && thrown == lastRefused, "the last failure, the very object", thrown, "Which one says what is wrong now?");
    }

    @Test @Needs("givesUp") @Promises("no-storm") @DisplayName("it waits between two tries")
    void noStorm() {
        Expect.that("Tries in five seconds", TRIES.get() >= 9 && TRIES.get() <= 130, "2 to 20 in each second", TRIES.get() + " tries", "What do a thousand clients do to a server that has just started?");
    }

    @Test @Needs("givesUp") @Promises("interrupted") @DisplayName("an interrupt ends its waiting")
    void interrupted() throws Exception {
        var tries = new AtomicInteger();
        var last = new AtomicReference<SQLException>();
        var flag = new AtomicBoolean();
        var waiting = Task.start(() -> {
            try {
                new Payments(source(() -> {
                    tries.incrementAndGet();
                    last.set(new SQLException("Connection refused", "08001"));
                    throw last.get();
                })).pay(UUID.randomUUID(), 1);
                return null;
            } catch (SQLException e) {
                return e;
            } finally {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        Expect.that("A payment without any primary", Task.until(LONG, () -> tries.get() >= 2 && waiting.isWaiting()), "it waits between two tries", "it does not", "How does it wait?");
        waiting.interrupt();
        Expect.that("A payment whose thread is interrupted", Task.until(Duration.ofSeconds(2), waiting::isDone), "an end at once", "none after two seconds", "Who interrupts wants an end.");
        var outcome = waiting.outcome(LONG);
        Expect.that("What it throws then", outcome instanceof Task.Outcome.Value<SQLException>(var thrown) && thrown == last.get(), "the last failure, the very object", outcome, "Which one says what is wrong now?");
        Expect.that("The thread afterwards", flag.get(), "interrupted, as it was left", "not interrupted", "Who else has to hear of it?");
    }

    @Test @Needs("atOnce") @Hint(2) @Promises("at-once") @DisplayName("the failure that came first reaches the caller, also where the connection cannot be closed")
    void theFirstOne() throws Exception {
        for (var later : List.of("08006", "42501")) {
            var failure = new SQLException("made by the verifier", "23514");
            var pool = new Pool(new Failing("before", failure, 1), new Failing("close", new SQLException("the network went away", later), 1));
            Expect.passesOn("A payment that fails with 23514, whose connection fails with " + later + " when it is closed", failure, () -> new Payments(source(pool::lend)).pay(UUID.randomUUID(), 7),
                "Which failure says why it is not paid?");
            Expect.equal("Its tries", 1, pool.tries(), "Will it pass by itself?");
            pool.end();
        }
    }

    @Test @Needs("noStorm") @Promises("no-storm") @DisplayName("also after one that took long")
    void noStormAfterASlowOne() throws Exception {
        slowOne.outcome(LONG);
        long most = 0;
        for (var from : AFTER_A_SLOW_ONE) {
            most = Math.max(most, AFTER_A_SLOW_ONE.stream().filter(at -> at >= from && at - from < 1_000_000_000L).count());
        }
        Expect.that("The most tries within a second, when the first one took two seconds", most <= 22, "at most 20", most + " tries", "From when on does it wait: from when it began, or from when it failed?");
    }

    @Test @Needs({"onceForMany", "givesBack"}) @Promises("tries-again") @DisplayName("payments go on when the primary is killed and the standby promoted")
    void failover() throws Exception {
        var both = new PGSimpleDataSource();
        both.setURL(left.admin().url().replace("/postgres", "," + right.admin().url().replaceAll(".*//|/postgres", "") + "/postgres")
            + "?targetServerType=primary&hostRecheckSeconds=0&connectTimeout=2&socketTimeout=5");
        both.setUser(now.user());
        both.setPassword(now.password());
        var stop = new AtomicBoolean();
        var keys = ConcurrentHashMap.<UUID>newKeySet();
        var clients = Task.start(() -> {
            while (!stop.get()) {
                var key = UUID.randomUUID();
                new Payments(both).pay(key, 5);
                keys.add(key);
            }
            return keys.size();
        });
        try {
            Expect.that("Payments before", Task.until(LONG, () -> keys.size() >= 3 || clients.isDone()), "some", keys.size() + "", "Does it pay?");
            left.kill();
            Sql.execute(right.admin(), "select pg_promote()");
            now = right.admin();
            var before = keys.size();
            Expect.that("Payments after the promotion", Task.until(LONG, () -> keys.size() >= before + 3) , "some", clients.isDone() ? "none: " + clients.outcome(LONG) : "none", "Where is the primary now?");
        } finally {
            stop.set(true);
            clients.outcome(LONG);
        }
    }

    @Test @Needs("givesUp") @Promises("gives-up") @DisplayName("also where each try takes a while")
    void givesUpThoughTriesAreSlow() throws Exception {
        var what = "How long it tried, where each try takes 0.4 seconds";
        if (slowOnes.outcome(Duration.ofSeconds(10)) instanceof Task.Outcome.Value<Duration>(var tried)) {
            Expect.that(what, tried.toMillis() >= 4990 && tried.toMillis() <= 8000, "about five seconds", tried.toMillis() + " ms", "What is counted: tries, pauses, or time?");
        } else {
            Expect.that(what, false, "about five seconds", "much longer", "What is counted: tries, pauses, or time?");
        }
    }
}

import grading.*;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import org.junit.jupiter.api.*;

/** Judges 13.3 on two servers of its own: the first is killed, the second promoted, and the first comes back; by where its connections lead. */
class TheNewPrimaryTest {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static String unfit = "";
    private static OwnClusters clusters;
    private static OwnCluster left;
    private static OwnCluster right;
    private static Login first;
    private static Login second;
    private static WatchedDataSource onFirst;
    private static WatchedDataSource onSecond;
    private static Gate unreachable;
    /** It finds nobody who takes writes, and takes its time while other checks run. */
    private static Group without;
    private static Waiting inVain;
    /** Three that wait at a time. */
    private static List<Waiting> crowd;
    private static Gate crowded;
    /** It lives through everything. */
    private static Gate veteransSecond;
    private static Group veteran;

    @BeforeAll static void open(PostgresPrograms programs) throws Exception {
        unfit = programs.reasonUnavailable();
        if (unfit.isEmpty()) {
            clusters = programs.clusters();
            left = clusters.create("first");
            left.set(Map.of("autovacuum", "off", "checkpoint_timeout", "1h", "cluster_name", "first"));
            left.start();
            first = left.admin();
            Sql.execute(first, "create table orders (id int primary key)");
            right = clusters.standby(left, "second");
            right.set(Map.of("cluster_name", "second"));
            right.start();
            second = right.admin();
            begin();
            losesNothing();
        }
    }

    /** What takes its time begins here, and goes on while the other checks run. */
    private static void begin() {
        onFirst = new WatchedDataSource(first);
        onSecond = new WatchedDataSource(second);
        unreachable = new Gate(second, false);
        without = new Group(starting(), new WatchedDataSource(second), unreachable.pool, starting());
        inVain = Waiting.start(without.answer::writing);
        crowded = new Gate(first, false);
        var shared = new Group(crowded.pool);
        crowd = Stream.generate(() -> Waiting.start(shared.answer::writing)).limit(3).toList();
        veteransSecond = new Gate(second, true);
        veteran = new Group(new WatchedDataSource(first), veteransSecond.pool);
    }

    /** A server that is there and takes nobody, which is a failure of another class. */
    private static WatchedDataSource starting() {
        return new WatchedDataSource(first, method -> {
            if (method.equals("getConnection")) {
                throw new SQLException("FATAL: the database system is starting up", "57P03");
            }
        });
    }

    private static void losesNothing() throws Exception {
        try (var connection = Sql.connect(first)) {
            Sql.execute(connection, "alter system set synchronous_standby_names = 'second'");
            Sql.execute(connection, "select pg_reload_conf()");
            // much to write for the checkpoint after the promotion, which is in no hurry: until then, pg_control_checkpoint() says the old timeline
            Sql.execute(connection, "create table filler as select repeat('x', 1000) from generate_series(1, 10000)");
            Expect.that("The verifier's standby is synchronous", Task.until(LONG, () -> !Rows.query(connection,
                "select from pg_stat_replication where sync_state = 'sync' and state = 'streaming'").values().isEmpty()), "it is", "it is not", "This is not your fault; please tell the authors.");
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

    /** A pool whose server can be reached, or not. */
    private static final class Gate {
        private final AtomicInteger refused = new AtomicInteger();
        private final WatchedDataSource pool;
        private volatile boolean isOpen;

        Gate(Login server, boolean isOpen) {
            this.isOpen = isOpen;
            pool = new WatchedDataSource(server, method -> {
                if (!this.isOpen && method.equals("getConnection")) {
                    refused.incrementAndGet();
                    throw new SQLException("Connection refused", "08001");
                }
            });
        }
    }

    /** An answer with its pools. */
    private static final class Group {
        private final List<WatchedDataSource> pools;
        private final Servers answer;

        Group(WatchedDataSource... pools) {
            this.pools = List.of(pools);
            answer = new Servers(Arrays.stream(pools).map(WatchedDataSource::source).toList());
        }

        /** Of the connections that the answer asked for, those that are lent. */
        int lent() {
            return pools.stream().distinct().mapToInt(WatchedDataSource::open).sum();
        }

        void writesOn(String expected, String when, String lookAt) throws Exception {
            leadsTo(expected, "The server to write on, " + when, answer::writing, lookAt);
        }

        void readsOn(String expected, String when, String lookAt) throws Exception {
            leadsTo(expected, "The server to read on, " + when, answer::reading, lookAt);
        }

        private static void leadsTo(String expected, String what, Callable<Connection> lending, String lookAt) throws Exception {
            try (var connection = Expect.within(what, LONG, lending)) {
                Expect.equal(what, expected, connection == null ? "null" : name(connection), lookAt);
            } catch (SQLException e) {
                Expect.that(what, false, expected, e.getSQLState() + " " + e.getMessage(), lookAt);
            }
        }
    }

    private static String name(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery("show cluster_name")) {
            result.next();
            return result.getString(1);
        }
    }

    /** A call that finds nothing, and how it ends. */
    private record Waiting(Task<String> task, long start) {
        static Waiting start(Callable<Connection> call) {
            long start = System.nanoTime();
            return new Waiting(Task.start(() -> {
                try (var connection = call.call()) {
                    return "a connection to the " + name(connection) + " server";
                } catch (SQLException e) {
                    return e.getSQLState() + " after " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms";
                }
            }), start);
        }

        /** How long it took. */
        long fails(String what, String lookAt) throws Exception {
            Expect.that(what, Task.until(LONG, task::isDone), "an end after three seconds", "none after fifteen", "What if there never is one again?");
            var outcome = task.outcome(LONG).toString();
            Expect.that(what, outcome.matches("\"?08.*"), "an SQLException of class 08", outcome, lookAt);
            return Long.parseLong(outcome.replaceAll(".* after (\\d+) ms.*", "$1"));
        }
    }

    private static void breaks(String method) throws SQLException {
        if (!method.equals("getConnection") && !method.equals("close")) {
            throw new SQLException("An I/O error occurred while sending to the backend", "08006");
        }
    }

    private static void failsToClose(String method) throws SQLException {
        if (method.equals("close")) {
            throw new SQLException("An I/O error occurred while closing", "08006");
        }
    }

    private static final String WRITABLE = "Which of them takes writes?";

    @Test @Promises("finds") @DisplayName("the primary is found, wherever it stands in the list")
    void finds() throws Exception {
        for (var group : List.of(new Group(onFirst, onSecond, unreachable.pool), new Group(onSecond, unreachable.pool, onFirst), new Group(unreachable.pool, onFirst, onSecond))) {
            group.writesOn("first", "of three, of which one cannot be reached", WRITABLE);
            group.writesOn("first", "of three, asked for once more", WRITABLE);
        }
        var breaking = new WatchedDataSource(second, TheNewPrimaryTest::breaks);
        for (var group : List.of(new Group(breaking, onFirst), new Group(onFirst, breaking))) {
            group.writesOn("first", "when another one fails as soon as it is asked", WRITABLE);
        }
    }

    @Test @Needs("finds") @Promises("reads") @DisplayName("reads go to a standby while there is one")
    void reads() throws Exception {
        for (var group : List.of(new Group(onFirst, onSecond, unreachable.pool), new Group(onSecond, unreachable.pool, onFirst))) {
            group.readsOn("second", "of three, of which one cannot be reached", "Which of them is a standby?");
        }
        new Group(unreachable.pool, onSecond).readsOn("second", "when the primary is gone", "Who can answer a read?");
        new Group(onFirst, unreachable.pool).readsOn("first", "without any standby", "Who else has the rows?");
        new Group(new WatchedDataSource(second, TheNewPrimaryTest::breaks), onFirst).readsOn("first", "when the standby fails as soon as it is asked", "Who else has the rows?");
    }

    @Test @Needs({"finds", "reads"}) @Promises("gives-back") @DisplayName("every other connection goes back")
    void givesBack() throws Exception {
        for (var group : List.of(new Group(onFirst, onSecond), new Group(onSecond, onFirst))) {
            group.writesOn("first", "of two", WRITABLE);
            group.readsOn("second", "of two", "Which of them is a standby?");
            Expect.equal("Connections that are lent when the caller has closed what it got", 0, group.lent(), "What becomes of those that the caller does not get?");
        }
        var failing = new Group(new WatchedDataSource(second, TheNewPrimaryTest::breaks), onFirst);
        failing.writesOn("first", "when another one fails as soon as it is asked", WRITABLE);
        failing.readsOn("first", "when another one fails as soon as it is asked", WRITABLE);
        Expect.equal("Connections that are lent after a failure of a standby", 0, failing.lent(), "Who closes it, on this way?");
        var closing = new Group(new WatchedDataSource(second, TheNewPrimaryTest::failsToClose), new WatchedDataSource(second, TheNewPrimaryTest::failsToClose), onFirst);
        closing.writesOn("first", "when closing the others fails", "Whom does that failure concern?");
        Expect.equal("Connections that are lent after closing one has failed", 0, closing.lent(), "Who closes the next?");
    }

    @Test @Needs("finds") @Promises("waits") @DisplayName("without a primary it looks again for three seconds, and then fails")
    void waits() throws Exception {
        inVain.fails("A writer, when there is only a standby", "What does a caller take as \"try again later\"?");
        for (var waiting : crowd) {
            var each = waiting.fails("Three writers at a time, when no server can be reached", "What does a caller take as \"try again later\"?");
            Expect.that("How long it looks for a primary, with three writers at a time", each >= 2700 && each <= 4500, "about three seconds", each + " ms",
                "When does it begin, and when does it end? Does one wait for the other?");
        }
        var tries = crowded.refused.get() / crowd.size();
        Expect.that("How often each of them has asked in three seconds", tries >= 3 && tries <= 3 * 20 + 15, "some times, and at most 20 in a second", tries, "What do a thousand clients do to a server that has just started?");
        Expect.equal("Connections that are lent after it has given up", 0, without.lent(), "What becomes of those that nobody gets?");
        var late = new Gate(first, true);
        late.pool.source().getConnection().close(); // so that a pool is ready, however busy the machine is
        late.isOpen = false;
        var writer = Task.start(() -> {
            new Group(onSecond, late.pool).writesOn("first", "when it comes a moment later", "Is the first answer the last?");
            return "it goes on";
        });
        Expect.that("A writer, while there is no primary", Task.until(LONG, () -> late.refused.get() >= 2 || writer.isDone()), "it looks again", "it does not", "Is the first answer the last?");
        late.isOpen = true;
        Expect.that("A writer, when the primary comes a moment later", writer.outcome(LONG) instanceof Task.Outcome.Value<String>, "it goes on", writer.outcome(LONG), "Is the first answer the last?");
        var once = new AtomicBoolean(true);
        var dead = new WatchedDataSource(first, method -> {
            if (List.of("createStatement", "prepareStatement").contains(method) && once.getAndSet(false)) {
                breaks(method);
            }
        });
        dead.source().getConnection().close();
        new Group(onSecond, dead).writesOn("first", "when its pool gives a dead connection first", "Who tries another one?");
    }

    /** A client that stores orders as long as it may, and knows which ones it was told are stored. */
    private static final class Client implements AutoCloseable {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Set<Integer> told = ConcurrentHashMap.newKeySet();
        private final Task<String> work;

        Client(int from) {
            work = Task.start(() -> {
                for (int id = from; !stop.get(); id++) {
                    try (var connection = veteran.answer.writing(); var insert = connection.createStatement()) {
                        insert.execute("insert into orders values (" + id + ")");
                        told.add(id);
                    } catch (SQLException e) {
                        if (!String.valueOf(e.getSQLState()).matches("08...|57P0.")) {
                            throw e; // 25006, for example
                        }
                    }
                    Thread.sleep(5);
                }
                return "it goes on";
            });
        }

        void goesOn(String when) throws Exception {
            var before = told.size();
            var goesOn = Task.until(LONG, () -> work.isDone() || told.size() >= before + 5) && !work.isDone();
            Expect.that("A client that writes, " + when, goesOn, "it goes on", work.isDone() ? work.outcome(LONG) : "it does not", "Where is the primary now?");
        }

        /** Ends it; what it was told is stored has to be on the new primary. */
        void hasLostNothing(String when) throws Exception {
            close();
            var missing = new TreeSet<>(told);
            Sql.query(second, "select id from orders").values().forEach(row -> missing.remove(((Number) row.getFirst()).intValue()));
            Expect.equal("Orders of which a client was told that they are stored, and which the new primary has not, " + when, Set.of(), missing, "Where have they been written?");
        }

        @Override public void close() throws InterruptedException {
            stop.set(true);
            work.outcome(LONG);
        }
    }

    @Test @Needs("finds") @Promises("finds") @DisplayName("a client goes on when the primary dies and the standby is promoted")
    void goesOn() throws Exception {
        try (var client = new Client(1)) {
            client.goesOn("before anything happens");
            left.kill();
            for (int timeline = 2; timeline < 10; timeline++) { // it takes the first number of which there is no history: 10
                Files.createFile(right.data().resolve("pg_wal/" + "%08X.history".formatted(timeline)));
            }
            Sql.query(second, "select pg_promote()");
            client.goesOn("after the promotion");
            client.hasLostNothing("after the promotion");
        }
    }

    @Test @Needs("goesOn") @Hint(2) @Promises("newest") @DisplayName("nobody writes on the old primary when it comes back")
    void comesBack() throws Exception {
        Sql.execute(second, "insert into orders select generate_series(1000000, 1010000)");
        left.set(Map.of("synchronous_standby_names", ""));
        left.start();
        first = left.admin();
        Sql.execute(first, "insert into orders select generate_series(2000000, 2060000)"); // it has written more
        onFirst = new WatchedDataSource(first); // the other one has dead connections
        onSecond = new WatchedDataSource(second);
        try (var client = new Client(100000)) {
            client.goesOn("when the old primary is back");
            client.hasLostNothing("when the old primary is back");
        }
        for (var group : List.of(new Group(onFirst, onSecond), new Group(onSecond, onFirst))) {
            for (var again : List.of("", ", once more")) {
                group.writesOn("second", "of two that take writes, for a program that has just started" + again, "Which of them was promoted? Who has written more, or was started later, says nothing.");
            }
        }
    }

    @Test @Needs("comesBack") @Promises({"newest", "reads", "finds", "gives-back"}) @DisplayName("and not even while the new one cannot be reached")
    void neverBack() throws Exception {
        new Group(onFirst, onSecond).readsOn("second", "of two that take writes", "There is no standby. What does a writer get?");
        var othersSecond = new Gate(second, true);
        var other = new Group(new WatchedDataSource(first), othersSecond.pool);
        other.writesOn("second", "of two that take writes", "Which of them was promoted?");
        veteran.writesOn("second", "of two that take writes", "Which of them was promoted?");
        Stream.of(veteransSecond, othersSecond).forEach(gate -> gate.isOpen = false);
        var writer = Waiting.start(veteran.answer::writing);
        var reader = Waiting.start(other.answer::reading);
        writer.fails("A writer that has written on the new primary, when only the old one can be reached", "What is lost that is written there?");
        Expect.equal("Connections that are lent after that", 0, veteran.lent(), "What becomes of those that nobody gets?");
        reader.fails("A reader, after somebody has written on the new primary, when only the old one can be reached", "There is no standby. What does a writer get?");
        hasFoundBack();
        veteransSecond.isOpen = true;
        veteran.writesOn("second", "when it can be reached again", "Which of them was promoted?");
    }

    /** The old one is no longer the old one: somebody has copied it anew and promoted it. Here its pool leads to the server that is on the new timeline. */
    private static void hasFoundBack() throws Exception {
        var leadsTo = new AtomicReference<>(onFirst.source());
        var mended = (DataSource) Proxy.newProxyInstance(TheNewPrimaryTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) ->
            switch (method.getName()) {
                case "getConnection" -> leadsTo.get().getConnection();
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == arguments[0];
                default -> method.invoke(leadsTo.get(), arguments);
            });
        var gate = new Gate(second, true);
        var answer = new Servers(List.of(mended, gate.pool.source()));
        Group.leadsTo("second", "The server to write on, of two that take writes", answer::writing, "Which of them was promoted?");
        gate.isOpen = false;
        leadsTo.set(onSecond.source());
        Group.leadsTo("second", "The server to write on, when the one that was old has been made anew and is the primary again", answer::writing, "Is it a server that is old, or a timeline?");
    }

    @Test @Needs("neverBack") @Hint(2) @Promises("newest") @DisplayName("nor by somebody who asked the old one before another was given the new one")
    void nobodyIsLate() throws Exception {
        for (var oldFirst : List.of(true, false)) {
            var slow = new SlowOnce();
            var onOld = new WatchedDataSource(first);
            var servers = new Group(oldFirst ? new WatchedDataSource[] {onOld, slow.pool} : new WatchedDataSource[] {slow.pool, onOld}).answer;
            var late = Task.start(() -> nameOf(servers::writing));
            Task.until(LONG, slow.isAsked::get);
            var other = Task.start(() -> nameOf(servers::writing));
            var isGiven = Task.until(Duration.ofSeconds(2), other::isDone); // not where one waits for the other, which does no harm here
            slow.mayFail.countDown();
            if (isGiven && other.outcome(LONG).equals(new Task.Outcome.Value<>("second"))) {
                Expect.equal("A writer who has asked the old server, and meanwhile somebody else has been given the new one, which then fails him once",
                    new Task.Outcome.Value<>("second"), late.outcome(LONG), "When is the timeline compared: when a server is asked, or when its connection is given?");
            }
        }
    }

    /** The new primary; who asks first has to wait until somebody else has got it, and cannot reach it then. */
    private static final class SlowOnce {
        private final AtomicBoolean isAsked = new AtomicBoolean();
        private final CountDownLatch mayFail = new CountDownLatch(1);
        private final WatchedDataSource pool = new WatchedDataSource(second, this::at);

        private void at(String method) throws SQLException {
            if (method.equals("getConnection") && !isAsked.getAndSet(true)) {
                try {
                    mayFail.await(LONG.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new SQLException("Connection refused", "08001");
            }
        }
    }

    private static String nameOf(Callable<Connection> lending) throws Exception {
        try (var connection = lending.call()) {
            return name(connection);
        }
    }

    @Test @Needs("comesBack") @Hint(2) @Promises("newest") @DisplayName("nor by somebody who has written on the old one before")
    void leavesTheOldOne() throws Exception {
        for (var oldFirst : List.of(true, false)) {
            var onNew = new Gate(second, false);
            var onOld = new WatchedDataSource(first);
            var group = oldFirst ? new Group(onOld, onNew.pool) : new Group(onNew.pool, onOld);
            group.writesOn("first", "when only the old one can be reached, of which nobody knows yet that it is old", WRITABLE);
            onNew.isOpen = true;
            group.writesOn("second", "of two that take writes, by a program that has written on the old one", "Who was asked last time, and who was promoted since?");
        }
    }
}

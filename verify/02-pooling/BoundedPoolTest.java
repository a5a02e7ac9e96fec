import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;

/** Judges 02.1 by the backends that PostgreSQL sees. */
class BoundedPoolTest {
    private static final int MOST = 4;
    /** Of the hundred places that the server has for everybody. */
    private static final int MANY = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A little less than the task's two seconds: who gives up then is right in time. */
    private static final Duration TWO_SECONDS = Duration.ofMillis(1900);
    /** For what would happen at once. */
    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final String FREE_PLACES = """
        select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
          - coalesce(current_setting('reserved_connections', true)::int, 0) - count(*) from pg_stat_activity where backend_type = 'client backend'""";
    private static final String BACKENDS = "select pid from pg_stat_activity where datname = current_database() and usename = ?";

    /** A large pool, all of whose connections were lent: how many they should be, and how many they were. */
    private record Crowd(int most, int backends) { }

    /** Its connections are opened in the two seconds in which another check waits. */
    private static Task<Crowd> crowd;

    @Test @Promises("each-its-own") @DisplayName("A request gets a connection that works")
    void aRequestIsServed(Clone clone) throws Exception {
        try (var pool = open(clone, MOST)) {
            var answer = Expect.within("A request is served", PATIENCE, () -> ask(pool, "select current_user"));
            Expect.equal("The role of the connection", clone.app().user(), answer, "Use the user that the constructor gets.");
        }
    }

    @Test @Needs("aRequestIsServed") @Hint(1) @Promises("shares") @DisplayName("Requests share connections")
    void requestsShareConnections(Clone clone) throws Exception {
        try (var pool = open(clone, MOST)) {
            var backends = new HashSet<String>();
            for (int i = 1; i <= 40 && backends.size() <= MOST; i++) {
                backends.add(Expect.within("A request is served", PATIENCE, () -> ask(pool, "select pg_backend_pid()")));
            }
            Expect.that("Backends that served 40 requests, one after the other", backends.size() <= MOST,
                "at most " + MOST, backends.size() + " or more", "Does every request open something new?");
        }
    }

    @Test @Needs("requestsShareConnections") @Hint(1) @Promises("close-ends-all") @DisplayName("Closing the pool leaves no connection behind")
    void closingLeavesNothing(Clone clone) throws Exception {
        try (var pool = open(clone, MOST)) {
            ask(pool, "select 1");
        }
        nothingIsLeft(clone, "Connections after close()", "Who closes what the constructor opened?");
    }

    @Test @Needs("closingLeavesNothing") @Hint(1) @Promises("close-ends-all") @DisplayName("nor does it when some are lent")
    void closingEndsWhatIsLent(Clone clone) throws Exception {
        var pool = open(clone, MOST);
        var lent = List.of(lend(pool), lend(pool));
        Expect.within("close(), when two connections are lent", PATIENCE.multipliedBy(2), () -> {
            pool.close();
            return true;
        });
        nothingIsLeft(clone, "Connections after close(), of which two were lent", "Who knows the connections that are not in the pool just now?");
        for (var connection : lent) {
            try {
                connection.close();
            } catch (SQLException e) {
                // Its session has ended; a pool may say so.
            }
        }
        nothingIsLeft(clone, "Connections when the requests have closed theirs, too", "Nobody will use it again.");
    }

    @Test @Needs("requestsShareConnections") @Hint(2) @Promises({"waits", "never-more", "each-its-own"})
    @DisplayName("One request too many waits, and then gets its turn")
    void oneMoreWaits(Clone clone) throws Exception {
        try (var pool = open(clone, MOST); var small = open(clone, 1); var observer = Sql.connect(clone.observer())) {
            var lent = new ArrayList<Connection>();
            for (int i = 0; i < MOST; i++) {
                lent.add(lend(pool));
            }
            var other = lend(small);
            Expect.equal("Backends of " + MOST + " requests at the same time", MOST, backends(lent).size(), "Each has a connection of its own.");
            var late = Task.start(() -> ask(pool, "select pg_backend_pid()"));
            var lateOther = Task.start(() -> ask(small, "select pg_backend_pid()"));
            crowd = Task.start(() -> lendMany(clone));
            var open = new int[1];
            Task.until(TWO_SECONDS, () -> {
                open[0] = Math.max(open[0], connections(clone, observer));
                return late.isDone() || lateOther.isDone() || open[0] > MOST + 1;
            });
            Expect.that("A pool of " + MOST + " and one of 1, each with one request too many, for almost two seconds",
                !late.isDone() && !lateOther.isDone() && open[0] <= MOST + 1, "both requests wait, with " + (MOST + 1) + " connections",
                "of " + MOST + ": " + waits(late) + "; of 1: " + waits(lateOther) + "; with " + open[0] + " connections",
                "How many connections may your pool open, and what does it do when they are all lent? One is a number like others.");
            var backends = backends(lent);
            lent.removeFirst().close();
            other.close();
            served("The fifth request, when a connection comes back", late);
            served("The second request, when the only connection comes back", lateOther);
            Expect.that("The backend that served the fifth request", backends.contains(late.outcome(PATIENCE).toString()), "one of those that were lent before",
                late.outcome(PATIENCE), "A connection that is closed by its request must serve the next one.");
            for (var connection : lent) {
                connection.close();
            }
        }
    }

    /** As another user, so that what others count is theirs. */
    private static Crowd lendMany(Clone clone) throws SQLException {
        var most = (int) Math.min(MANY, Sql.number(clone.observer(), FREE_PLACES) - 8);
        try (var pool = new BoundedPool(clone.owner().url(), clone.owner().user(), clone.owner().password(), most)) {
            var lent = new ArrayList<Connection>();
            for (int i = 0; i < most; i++) {
                lent.add(pool.connection());
            }
            var backends = Sql.query(clone.observer(), BACKENDS, clone.owner().user()).values().size();
            for (var connection : lent) {
                connection.close();
            }
            return new Crowd(most, backends);
        }
    }

    @Test @Needs("oneMoreWaits") @Hint(2) @Promises({"each-its-own", "never-more"}) @DisplayName("A large pool has as many connections as it may have")
    void manyAtATime() throws Exception {
        var outcome = crowd.outcome(Duration.ofSeconds(12));
        Expect.that("Requests that have a connection at the same time, of a pool of " + MANY + ", or of as many as the server has places for",
            outcome instanceof Task.Outcome.Value<Crowd>(var lent) && lent.most() == lent.backends(), "each its own",
            outcome instanceof Task.Outcome.Value<Crowd>(var lent) ? lent.most() + " requests, " + lent.backends() + " backends" : outcome, "How many it may be is said to the constructor.");
    }

    @Test @Needs("oneMoreWaits") @Hint(1) @Promises({"never-more", "shares"}) @DisplayName("The first requests may come at the same time")
    void theFirstAtOnce(Clone clone) throws Exception {
        var settings = System.getProperties();
        System.setProperties(new SlowlyRead(settings));
        try (var pool = open(clone, 1)) {
            var there = new AtomicInteger();
            Callable<String> request = () -> {
                for (there.incrementAndGet(); there.get() < 2; Thread.onSpinWait()) { } // closer together than a lock can wake them
                return ask(pool, "select pg_backend_pid()");
            };
            var backends = new HashSet<String>();
            for (var served : Task.race(PATIENCE, List.of(request, request))) {
                backends.add(served.toString());
            }
            Expect.equal("Backends that served the first two requests of a pool of one, at once", 1, backends.size(), "How many pools are made, when nobody has made one?");
        } finally {
            System.setProperties(settings);
        }
    }

    /** Settings of the JVM. HikariCP asks for its own in the middle of being made; the time that this takes is enough for another thread. */
    private static final class SlowlyRead extends Properties {
        SlowlyRead(Properties settings) {
            putAll(settings);
        }

        @Override public String getProperty(String name) {
            if (name.contains("hikari")) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return super.getProperty(name);
        }
    }

    @Test @Needs({"oneMoreWaits", "closingLeavesNothing"}) @Hint(2) @Promises({"shares", "never-more", "waits"})
    @DisplayName("Hundreds of requests at once are all served by four backends")
    void aCrowdIsServed(Clone clone) throws Exception {
        try (var pool = open(clone, MOST); var observer = Sql.connect(clone.observer()); var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = new ArrayList<Callable<String>>(Collections.nCopies(200, () -> ask(pool, "select pg_backend_pid() from pg_sleep(0.001)")));
            requests.addAll(Collections.nCopies(300, () -> ask(pool))); // they make the queue long, and cost next to nothing
            var all = Task.start(() -> crowd.invokeAll(requests, PATIENCE.toSeconds(), TimeUnit.SECONDS));
            var open = new int[1];
            Task.until(PATIENCE, () -> {
                open[0] = Math.max(open[0], connections(clone, observer));
                return all.isDone();
            });
            var backends = new HashSet<String>();
            for (var answer : Expect.within("Five hundred requests at once are served", PATIENCE, () -> answers(all))) {
                Expect.that("Each of five hundred requests at once is served", answer.state() == Future.State.SUCCESS, "an answer",
                    outcome(answer), "Does a request wait long enough for its turn?");
                backends.add(answer.get());
            }
            backends.remove("");
            Expect.that("Backends that served two hundred of them", backends.size() <= MOST, "at most " + MOST,
                backends.size(), "Something opens connections outside the limit.");
            Expect.that("Connections to the database meanwhile", open[0] <= MOST, "at most " + MOST, open[0], "Something opens connections outside the limit.");
        }
    }

    @Test @Needs("oneMoreWaits") @Promises("each-its-own") @DisplayName("A connection that is closed twice is given back once")
    void closedTwice(Clone clone) throws Exception {
        try (var pool = open(clone, MOST)) {
            for (int i = 0; i < MOST; i++) {
                var connection = lend(pool);
                connection.close();
                connection.close();
            }
            var lent = new ArrayList<Connection>();
            for (int i = 0; i < MOST; i++) {
                lent.add(lend(pool));
            }
            Expect.equal("Backends of " + MOST + " requests at the same time, after some had closed theirs twice", MOST, backends(lent).size(),
                "To close what is closed does nothing, says JDBC. Who has it by now?");
            for (var connection : lent) {
                connection.close();
            }
        }
    }

    @Test @Needs("oneMoreWaits") @Promises("each-its-own") @DisplayName("nor does it harm the one who has it by now")
    void closedTwiceAndLate(Clone clone) throws Exception {
        try (var pool = open(clone, 1)) {
            var first = lend(pool);
            first.close();
            try (var second = lend(pool)) {
                first.close();
                var third = Task.start(() -> ask(pool, "select pg_backend_pid()"));
                endsOrStillWaits(third);
                Expect.works("The query of a request, after the one before it has closed its connection a second time", () -> ask(second, "select 1"),
                    "To close what is closed does nothing, says JDBC. Who has it by now?");
                Expect.equal("The request after that, while the only connection is lent", "waits", waits(third), "To close what is closed does nothing, says JDBC.");
                second.close();
                served("The request after that, when the connection comes back", third); // HikariCP may forget a connection that comes back during close()
            }
        }
    }

    @Test @Needs({"oneMoreWaits", "closingEndsWhatIsLent"}) @Promises("close-ends-all") @DisplayName("A request that waits gets no connection after close()")
    void closingEndsTheWait(Clone clone) throws Exception {
        var pool = open(clone, 1);
        var lent = lend(pool);
        var waiting = Task.start(pool::connection);
        Task.until(Duration.ofSeconds(1), () -> waiting.isDone() || waiting.isWaiting());
        Expect.within("close(), when a request waits", PATIENCE.multipliedBy(2), () -> {
            pool.close();
            return true;
        });
        try {
            lent.close();
        } catch (SQLException e) {
            // Its session has ended; a pool may say so.
        }
        endsOrStillWaits(waiting);
        nothingIsLeft(clone, "Connections after close(), when one was lent and one request waited for it", "Its turn comes too late.");
        waiting.interrupt();
    }

    @Test @Needs("oneMoreWaits") @Promises("each-its-own") @DisplayName("A server that was full for a while takes no place for ever")
    void aFullServer(Clone clone) throws Exception {
        try (var pool = open(clone, MOST); var owner = Sql.connect(clone.owner())) {
            var database = "alter database \"" + owner.getCatalog() + "\" connection limit ";
            Sql.execute(owner, database + 0);
            try {
                var early = Stream.generate(() -> Task.start(() -> ask(pool, "select 1"))).limit(MOST).toList();
                Task.until(Duration.ofSeconds(1), () -> early.stream().allMatch(Task::isDone));
            } finally {
                Sql.execute(owner, database + -1);
            }
            var lent = new ArrayList<Connection>();
            for (int i = 0; i < MOST; i++) {
                lent.add(Expect.within("The pool lends connection " + (i + 1) + " of " + MOST + ", after the server had no place for " + MOST + " requests", PATIENCE, pool::connection,
                    "What becomes of a place whose connection could not be opened?"));
            }
            Expect.equal("Backends of " + MOST + " requests at the same time, after the server was full", MOST, backends(lent).size(), "Each has a connection of its own.");
            for (var connection : lent) {
                connection.close();
            }
        }
    }

    private static List<Future<String>> answers(Task<List<Future<String>>> all) throws InterruptedException {
        return all.outcome(PATIENCE) instanceof Task.Outcome.Value<List<Future<String>>>(var answers) ? answers : List.of();
    }

    private static BoundedPool open(Clone clone, int most) throws Exception {
        return Expect.within("The pool is made", PATIENCE, () -> new BoundedPool(clone.app().url(), clone.app().user(), clone.app().password(), most));
    }

    private static Connection lend(BoundedPool pool) throws Exception {
        return Expect.within("The pool lends a connection, while fewer than it may have are lent", PATIENCE, pool::connection);
    }

    /** Gets a connection and gives it back. */
    private static String ask(BoundedPool pool) throws SQLException {
        pool.connection().close();
        return "";
    }

    private static String ask(BoundedPool pool, String sql) throws SQLException {
        try (var connection = pool.connection()) {
            return ask(connection, sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        return Rows.query(connection, sql).values().getFirst().getFirst().toString();
    }

    private static HashSet<String> backends(List<Connection> lent) throws SQLException {
        var backends = new HashSet<String>();
        for (var connection : lent) {
            backends.add(ask(connection, "select pg_backend_pid()"));
        }
        return backends;
    }

    private static String waits(Task<String> late) throws InterruptedException {
        return switch (late.isDone() ? late.outcome(PATIENCE) : null) {
            case null -> "waits";
            case Task.Outcome.Value<String> served -> "is served";
            case Task.Outcome<String> failed -> failed.toString();
        };
    }

    /** Until it has ended, or has waited for a moment for its turn; who opens a connection does not wait. */
    private static void endsOrStillWaits(Task<?> request) throws Exception {
        var end = System.nanoTime() + A_MOMENT.toNanos();
        Task.until(Duration.ofSeconds(1), () -> request.isDone() || System.nanoTime() > end && request.isWaiting());
    }

    private static void served(String what, Task<String> late) throws InterruptedException {
        var outcome = late.outcome(PATIENCE);
        Expect.that(what, outcome instanceof Task.Outcome.Value<String>, "is served", outcome, "A connection that is closed by its request must serve the next one.");
    }

    private static String outcome(Future<String> answer) {
        return switch (answer.state()) {
            case FAILED -> answer.exceptionNow().toString();
            case CANCELLED -> "none within " + PATIENCE.toSeconds() + " s";
            default -> answer.state().toString();
        };
    }

    private static void nothingIsLeft(Clone clone, String what, String lookAt) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            Task.until(Duration.ofSeconds(5), () -> connections(clone, observer) == 0);
            Expect.equal(what, 0, connections(clone, observer), lookAt);
        }
    }

    private static int connections(Clone clone, Connection observer) throws SQLException {
        return Rows.query(observer, BACKENDS, clone.app().user()).values().size();
    }
}

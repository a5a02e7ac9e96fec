import grading.Clone;
import grading.Expect;
import grading.Hint;
import grading.Needs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Judges 02.1 by the backends that PostgreSQL sees. */
@TestMethodOrder(OrderAnnotation.class)
class BoundedPoolTest {
    private static final int MOST = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test @Order(1) @DisplayName("A request gets a connection that works")
    void aRequestIsServed(Clone clone) throws Exception {
        try (var pool = open(clone)) {
            var answer = Expect.within("A request is served", PATIENCE, () -> ask(pool, "select current_user"));
            Expect.equal("The role of the connection", clone.app().user(), answer, "Use the user that the constructor gets.");
        }
    }

    @Test @Order(2) @Needs("aRequestIsServed") @Hint(1) @DisplayName("Requests share connections")
    void requestsShareConnections(Clone clone) throws Exception {
        try (var pool = open(clone)) {
            var backends = new HashSet<String>();
            for (int i = 0; i < MOST + 2; i++) {
                backends.add(Expect.within("A request is served", PATIENCE, () -> ask(pool, "select pg_backend_pid()")));
            }
            Expect.that("Backends that served " + (MOST + 2) + " requests, one after the other", backends.size() <= MOST,
                "at most " + MOST, backends.size(), "Does every request open something new?");
        }
    }

    @Test @Order(3) @Needs("requestsShareConnections") @Hint(1) @DisplayName("Closing the pool leaves no connection behind")
    void closingLeavesNothing(Clone clone) throws Exception {
        try (var pool = open(clone)) {
            ask(pool, "select 1");
        }
        var end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (connections(clone) > 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        Expect.equal("Connections after close()", 0, connections(clone), "Who closes what the constructor opened?");
    }

    @Test @Order(4) @Needs("requestsShareConnections") @Hint(2) @DisplayName("One request too many waits, and then gets its turn")
    void oneMoreWaits(Clone clone) throws Exception {
        try (var pool = open(clone)) {
            var lent = new ArrayList<Connection>();
            for (int i = 0; i < MOST; i++) {
                lent.add(Expect.within("The pool lends " + MOST + " connections", PATIENCE, pool::connection));
            }
            var late = new FutureTask<>(() -> ask(pool, "select 'served'"));
            Thread.ofVirtual().start(late);
            Expect.equal("One request more than the pool may serve", "waits", afterAWhile(clone, late),
                "How many connections may your pool open, and what does it do when they are all lent?");
            lent.getFirst().close();
            Expect.equal("The waiting request, when a connection comes back", "served", within(PATIENCE, late),
                "A connection that is closed by its request must serve the next one.");
            for (var connection : lent.subList(1, MOST)) {
                connection.close();
            }
        }
    }

    @Test @Order(5) @Needs({"oneMoreWaits", "closingLeavesNothing"}) @Hint(2)
    @DisplayName("Two hundred requests at once are all served by four backends")
    void aCrowdIsServed(Clone clone) throws Exception {
        try (var pool = open(clone); var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> request = () -> ask(pool, "select pg_backend_pid() from pg_sleep(0.001)");
            var backends = new HashSet<String>();
            var answers = crowd.invokeAll(Collections.nCopies(200, request), PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (var answer : answers) {
                Expect.that("Every request is served", answer.state() == Future.State.SUCCESS, "an answer",
                    outcome(answer), "Does a request wait long enough for its turn?");
                backends.add(answer.get());
            }
            Expect.that("Backends that served two hundred requests at once", backends.size() <= MOST, "at most " + MOST,
                backends.size(), "Something opens connections outside the limit.");
            Expect.that("Connections that the pool holds now", connections(clone) <= MOST, "at most " + MOST,
                connections(clone), "Something opens connections outside the limit.");
        }
    }

    private static BoundedPool open(Clone clone) {
        return new BoundedPool(clone.app().url(), clone.app().user(), clone.app().password(), MOST);
    }

    private static String ask(BoundedPool pool, String sql) throws SQLException {
        try (var connection = pool.connection(); var statement = connection.createStatement();
             var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** A while in which a pool that may open one connection more has done so: it takes one, and we take twenty-five. */
    private static String afterAWhile(Clone clone, FutureTask<String> late) throws Exception {
        for (int i = 0; i < 25 && !late.isDone(); i++) {
            clone.observer().connect().close();
        }
        if (late.isDone()) {
            return within(PATIENCE, late);
        }
        var open = connections(clone);
        return open <= MOST ? "waits" : "waits, but the pool has opened " + open + " connections";
    }

    private static String within(Duration patience, FutureTask<String> request) throws InterruptedException {
        try {
            return request.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return "waits";
        } catch (ExecutionException e) {
            return "fails: " + e.getCause().getMessage();
        }
    }

    private static String outcome(Future<String> answer) {
        return switch (answer.state()) {
            case FAILED -> answer.exceptionNow().toString();
            case CANCELLED -> "none within " + PATIENCE.toSeconds() + " s";
            default -> answer.state().toString();
        };
    }

    private static int connections(Clone clone) throws SQLException {
        try (var connection = clone.observer().connect();
             var statement = connection.prepareStatement(
                 "select count(*) from pg_stat_activity where datname = current_database() and usename = ?")) {
            statement.setString(1, clone.app().user());
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }
}

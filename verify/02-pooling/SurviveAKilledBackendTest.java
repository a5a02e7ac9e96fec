import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.*;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.*;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Judges 02.5 with work that has its own backend killed, or says so, and counts how often it is run. */
class SurviveAKilledBackendTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Where work that is run over and over ends the experiment. */
    private static final int ENOUGH = 6;
    private static final List<String> LOST = List.of("57P01", "08000", "08001", "08003", "08004", "08006", "08007", "08P01", "08002", "08S01", "08X9Z");
    private static final List<String> NOT_LOST = Arrays.asList("23505", "57014", "57P02", "57P03", "57P04", "57P05", "57000", "40001", "55P03", "53300", "0A000",
        "58030", "80006", "", null);

    @Test @Promises({"once-more", "never-twice"}) @DisplayName("Work that goes well runs once and gives its result")
    void goodWorkRunsOnce(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (var kind : Kind.values()) {
                for (var result : Arrays.asList("done", null)) {
                    var work = new Attempts(result);
                    Expect.equal("The result of " + kind + " work", result, run(new Survivor(pool), kind, work), "What does the work return?");
                    Expect.equal("Runs of " + kind + " work that goes well", 1, work.runs, "Once is enough.");
                }
            }
        }
    }

    @Test @Needs("goodWorkRunsOnce") @Hint(1) @Promises("once-more") @DisplayName("Repeatable work runs again when its backend is killed")
    void aKilledBackendIsTriedAgain(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var work = new Attempts(clone, 1);
            outcome(new Survivor(pool), Kind.REPEATABLE, work);
            Expect.equal("Runs, when the first backend is killed", 2, work.runs, "57P01: the connection is lost, the work is not.");
        }
    }

    @Test @Needs("aKilledBackendIsTriedAgain") @Hint(1) @Promises({"another-connection", "once-more"}) @DisplayName("The second run has a connection of its own")
    void theSecondTryHasAnotherConnection(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var work = new Attempts(clone, 1);
            Expect.equal("The second run", "done", outcome(new Survivor(pool), Kind.REPEATABLE, work), "Which connection does it use?");
            Expect.that("The backends of both runs", !work.backends.getFirst().equals(work.backends.getLast()),
                "two different ones", work.backends, "A killed backend does not come back.");
        }
    }

    @Test @Needs("theSecondTryHasAnotherConnection") @Hint(1) @Promises("another-connection") @DisplayName("borrowed when the first one has been given back")
    void theFirstIsGivenBackBefore(Clone clone) throws Exception {
        try (var pool = new WatchedDataSource(clone.app())) {
            var lent = new ArrayList<Integer>();
            Expect.works("The work, whose first run loses its connection", () -> Expect.within("The work", PATIENCE, () -> new Survivor(pool.source()).repeatable(connection -> {
                lent.add(pool.open());
                if (lent.size() == 1) {
                    throw new SQLException("an administrator ended it", "57P01");
                }
                return "done";
            })), "Its second run is fine.");
            Expect.equal("Connections lent during each run", List.of(1, 1), lent, "Two hundred requests that hold one and wait for another wait for each other.");
        }
    }

    @Test @Needs("aKilledBackendIsTriedAgain") @Hint(1) @Promises("once-more") @DisplayName("Its result is the result, each time that a connection is lost")
    void theSecondResult(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var survivor = new Survivor(pool);
            for (var result : Arrays.asList("first", "second", null)) {
                var work = new Attempts(result, new SQLException("an administrator ended it", "57P01"));
                Expect.equal("What comes of work whose first run loses its connection", result, outcome(survivor, Kind.REPEATABLE, work), "The second run is like any other.");
                Expect.equal("Runs of work whose first run loses its connection", 2, work.runs, "Each request may meet a failover.");
            }
        }
    }

    @Test @Needs("aKilledBackendIsTriedAgain") @Hint(2) @Promises("gives-up") @DisplayName("After the second failure the caller is told")
    void itGivesUpAfterTheSecondTry(Clone clone) throws Exception {
        var seconds = new ArrayList<>(Faults.ofEveryKind());
        LOST.forEach(state -> seconds.add(new SQLException("the second one is lost as well, " + state, state)));
        try (var pool = pool(clone)) {
            var killed = new Attempts(clone, Integer.MAX_VALUE);
            var outcome = outcome(new Survivor(pool), Kind.REPEATABLE, killed);
            Expect.equal("Runs, when every backend is killed", 2, killed.runs, "A server that is down gets no better by being asked for ever.");
            Expect.that("What the caller gets", outcome == killed.thrown.getLast(), "the failure of the second run: " + killed.thrown.getLast(), outcome, "As it is.");
        }
        try (var pool = new WatchedDataSource(clone.app())) { // this one has no end
            var same = new SQLException("the connection is broken", "08006");
            var thrown = outcome(new Survivor(pool.source()), Kind.REPEATABLE, new Attempts("done", same, same));
            Expect.that("What the caller gets, when both runs throw the same exception", thrown == same, same, String.valueOf(thrown),
                "Some drivers make one exception, and throw it again and again.");
            for (var second : seconds) {
                var work = new Attempts("done", new SQLException("an administrator ended it", "57P01"), second);
                Expect.passesOn("What the caller gets, when the second run throws " + second, second, () -> run(new Survivor(pool.source()), Kind.REPEATABLE, work),
                    "The failure of the second run is the caller's, as it is.");
                Expect.equal("Runs, when the second throws " + second, 2, work.runs, "There is no third.");
            }
        }
        var none = new AtomicReference<SQLException>();
        try (var pool = new WatchedDataSource(clone.app(), method -> {
            if (method.equals("getConnection") && none.get() != null) {
                throw none.get();
            }
        })) {
            for (var failure : List.of(new SQLTransientConnectionException("Connection is not available, request timed out after 5000ms"),
                    new SQLException("the server is starting up", "57P03"), new SQLException("connection refused", "08001"))) {
                none.set(null);
                Expect.passesOn("What the caller gets, when the first run loses its connection and there is none for the second: " + failure, failure,
                    () -> Expect.within("The work", PATIENCE, () -> new Survivor(pool.source()).repeatable(connection -> {
                        none.set(failure);
                        throw new SQLException("an administrator ended it", "57P01");
                    })), "The failure of the second run is the caller's, as it is.");
            }
        }
    }

    @Test @Needs("aKilledBackendIsTriedAgain") @Hint(2) @Promises("lost") @DisplayName("A lost network is survived like a killed backend")
    void aLostNetworkIsSurvived(Clone clone) throws Exception {
        try (var pool = new WatchedDataSource(clone.app())) {
            for (var failure : losses()) {
                var work = new Attempts("done", failure);
                var outcome = outcome(new Survivor(pool.source()), Kind.REPEATABLE, work);
                Expect.equal("Runs, when the first fails with " + shown(failure), 2, work.runs, "What tells a lost connection from other failures?");
                Expect.equal("The second run", "done", outcome, "Its result is the result.");
            }
        }
    }

    @Test @Needs("goodWorkRunsOnce") @Hint(2) @Promises("lost") @DisplayName("Other SQLSTATEs do not mean a lost connection")
    void ownMistakesAreNotRepeated(Clone clone) throws Exception {
        var failures = new ArrayList<Throwable>();
        NOT_LOST.forEach(state -> failures.add(new SQLException("a failure with SQLSTATE " + state, state)));
        failures.add(new SQLRecoverableException("a failure", "25006"));
        failures.add(new SQLNonTransientConnectionException("the connection", "28P01"));
        failures.add(new SQLException("FATAL: terminating connection due to administrator command, 57P01, 08006", "P0001"));
        var chained = new SQLException("a failure after another one", "23505", new SQLException("long ago", "08006"));
        chained.setNextException(new SQLException("in another place", "57P01"));
        failures.add(chained);
        failures.add(new IllegalStateException("a bug, found when the connection was gone", new SQLException("an administrator ended it", "57P01")));
        try (var pool = new WatchedDataSource(clone.app())) {
            for (var failure : failures) {
                var work = new Attempts("done", failure);
                outcome(new Survivor(pool.source()), Kind.REPEATABLE, work);
                Expect.equal("Runs of work that fails with " + shown(failure), 1, work.runs, "Doing it again gives the same failure. What tells that a connection was lost?");
            }
        }
    }

    @Test @Needs("goodWorkRunsOnce") @Hint(2) @Promises("other-failures") @DisplayName("Other failures reach the caller at once, as they are")
    void otherFailuresReachTheCaller(Clone clone) throws Exception {
        try (var pool = new WatchedDataSource(clone.app())) {
            for (var kind : Kind.values()) {
                var failures = new ArrayList<>(Faults.ofEveryKind());
                failures.add(new SQLException("a failure without SQLSTATE"));
                for (var failure : failures) {
                    var work = new Attempts("done", failure);
                    Expect.passesOn("What the caller gets, when " + kind + " work throws " + failure, failure, () -> run(new Survivor(pool.source()), kind, work), "The failure as it is.");
                    Expect.equal("Runs of " + kind + " work that throws " + failure, 1, work.runs, "Doing it again gives the same failure.");
                }
            }
        }
    }

    @Test @Needs("otherFailuresReachTheCaller") @Promises({"other-failures", "lost"}) @DisplayName("even where giving back the connection fails as well")
    void givingBackHidesNothing(Clone clone) throws Exception {
        for (var closing : List.of(new SQLException("the failure of close", "08006"), new SQLException("the failure of close", "XX000"), new IllegalStateException("the pool is closed"))) {
            var state = shown(closing);
            var broken = new AtomicBoolean();
            try (var pool = new WatchedDataSource(clone.app(), method -> {
                if (method.equals("close") && broken.getAndSet(false)) {
                    throw Faults.sneak(closing);
                }
            })) {
                for (var kind : Kind.values()) {
                    for (var failure : Faults.ofEveryKind()) {
                        var work = new Attempts("done", failure).breaking(broken);
                        Expect.passesOn("What the caller gets, when " + kind + " work throws " + failure + " and then close fails with " + state, failure,
                            () -> run(new Survivor(pool.source()), kind, work), "What happened first says more. The other failure can be suppressed in it.");
                        Expect.equal("Runs of " + kind + " work that throws " + failure + ", when close fails with " + state, 1, work.runs,
                            "Which of the two failures is that of the work?");
                    }
                }
                var work = new Attempts("done", new SQLException("an administrator ended it", "57P01")).breaking(broken);
                outcome(new Survivor(pool.source()), Kind.REPEATABLE, work);
                Expect.equal("Runs of work that loses its connection, when close fails with " + state, 2, work.runs, "Which of the two failures is that of the work?");
            }
        }
    }

    @Test @Needs({"ownMistakesAreNotRepeated", "aKilledBackendIsTriedAgain", "otherFailuresReachTheCaller"}) @Hint(2) @Promises("lost") @DisplayName("also where the work says something else of a connection that was lost")
    void theWorkSaysWhatItWas(Clone clone) throws Exception {
        try (var pool = new WatchedDataSource(clone.app())) {
            for (var own : List.of(new SQLException("could not save"), new SQLException("could not save", "P0001"))) {
                var runs = new AtomicInteger();
                Survivor.Work<String> work = connection -> {
                    runs.incrementAndGet();
                    Faults.kill(clone, Sql.pid(connection));
                    try {
                        Sql.execute(connection, "select 1");
                    } catch (SQLException lost) {
                        throw own;
                    }
                    return "done";
                };
                Expect.passesOn("What the caller gets, when the work has lost its connection and throws " + shown(own), own, () -> new Survivor(pool.source()).repeatable(work),
                    "The SQLSTATE of what the work throws decides, and nothing else.");
                Expect.equal("Runs of work that has lost its connection and throws " + shown(own), 1, runs.get(), "The SQLSTATE of what the work throws decides, and nothing else.");
            }
        }
    }

    @Test @Needs("goodWorkRunsOnce") @Hint(1) @Promises("never-twice") @DisplayName("Work that must not be done twice runs once")
    void onceIsOnce(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var killed = new Attempts(clone, 1);
            var outcome = outcome(new Survivor(pool), Kind.ONCE, killed);
            Expect.equal("Runs of work that must not be done twice, when its backend is killed", 1, killed.runs, "Nobody knows whether the first payment went through.");
            Expect.that("What the caller gets", outcome == killed.thrown.getFirst(), "the failure of the work: " + killed.thrown.getFirst(), outcome, "The failure is the caller's.");
        }
        var borrowed = new AtomicInteger();
        var none = new SQLException("nobody answers", "08001");
        try (var pool = new WatchedDataSource(clone.app(), method -> {
            if (method.equals("getConnection") && borrowed.incrementAndGet() == 1) {
                throw none;
            }
        })) {
            var work = new Attempts("done");
            Expect.passesOn("What the caller gets, when work that must not be done twice gets no connection", none, () -> run(new Survivor(pool.source()), Kind.ONCE, work),
                "It never tries again.");
            Expect.equal("How often it has asked for a connection", 1, borrowed.get(), "It never tries again.");
        }
        try (var pool = new WatchedDataSource(clone.app())) {
            for (var failure : losses()) {
                var work = new Attempts("done", failure);
                Expect.passesOn("What the caller gets, when work that must not be done twice fails with " + shown(failure), failure,
                    () -> run(new Survivor(pool.source()), Kind.ONCE, work), "The failure is the caller's.");
                Expect.equal("Runs of work that must not be done twice, when it fails with " + shown(failure), 1, work.runs, "Nobody knows what was done before.");
            }
        }
    }

    @Test @Needs({"aKilledBackendIsTriedAgain", "onceIsOnce"}) @Hint(1) @Promises("gives-back") @DisplayName("No connection stays lent")
    void noConnectionStaysLent(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (var kind : Kind.values()) {
                for (int kills : new int[] {0, 1, 2}) {
                    outcome(new Survivor(pool), kind, new Attempts(clone, kills));
                    nothingIsLent(pool, kind + " work whose backend was killed " + kills + " times");
                }
                for (var failure : Faults.ofEveryKind()) {
                    outcome(new Survivor(pool), kind, new Attempts("done", failure));
                    nothingIsLent(pool, kind + " work that threw " + failure);
                    outcome(new Survivor(pool), kind, new Attempts("done", new SQLException("an administrator ended it", "57P01"), failure));
                    nothingIsLent(pool, kind + " work that lost its connection and then threw " + failure);
                }
                outcome(new Survivor(pool), kind, new Attempts("done", new SQLException("an I/O error", "08006")));
                nothingIsLent(pool, kind + " work that lost its network");
            }
        }
    }

    private static void nothingIsLent(HikariDataSource pool, String after) {
        Expect.equal("Connections still lent after " + after, 0, pool.getHikariPoolMXBean().getActiveConnections(),
            "Every connection that was borrowed is given back, the lost ones too.");
    }

    private enum Kind {
        REPEATABLE, ONCE;

        @Override public String toString() {
            return this == ONCE ? "unrepeatable" : "repeatable";
        }
    }

    /** Failures that mean that the connection was lost, of all classes and in several languages. */
    private static List<SQLException> losses() {
        var losses = new ArrayList<SQLException>();
        LOST.forEach(state -> losses.add(new SQLException("Fehler", state)));
        losses.add(new PSQLException("La connexion a été fermée.", PSQLState.CONNECTION_FAILURE));
        losses.add(new SQLTransientConnectionException("try again later", "08001"));
        losses.add(new SQLNonTransientConnectionException("no way", "08003"));
        losses.add(new BatchUpdateException("the batch", "57P01", new int[0]));
        return losses;
    }

    private static String shown(Throwable failure) {
        return failure.getClass().getSimpleName() + (failure instanceof SQLException e ? ", SQLSTATE " + e.getSQLState() : ", " + failure.getMessage());
    }

    /** Work whose first runs fail, and which then gives its result. */
    private static final class Attempts implements Survivor.Work<String> {
        private final Clone killing;
        private final int kills;
        private final String result;
        private final List<Throwable> failures;
        private final List<Integer> backends = new ArrayList<>();
        private final List<Throwable> thrown = new ArrayList<>();
        private AtomicBoolean broken = new AtomicBoolean();
        private int runs;

        /** Work that throws these, one at a run. */
        Attempts(String result, Throwable... failures) {
            this(null, 0, result, List.of(failures));
        }

        /** Work whose backend is killed in so many runs. */
        Attempts(Clone killing, int kills) {
            this(killing, kills, "done", List.of());
        }

        private Attempts(Clone killing, int kills, String result, List<Throwable> failures) {
            this.killing = killing;
            this.kills = kills;
            this.result = result;
            this.failures = failures;
        }

        Attempts breaking(AtomicBoolean connection) {
            broken = connection;
            return this;
        }

        @Override public String run(Connection connection) throws SQLException {
            runs++; // counted first: a connection that was lost already does not even tell its backend
            if (runs >= ENOUGH) {
                throw new IllegalStateException("the experiment ends after " + ENOUGH + " runs");
            }
            if (runs <= failures.size()) {
                broken.set(true);
                throw Faults.sneak(failures.get(runs - 1));
            }
            try {
                backends.add(Sql.pid(connection));
                if (runs <= kills) {
                    Faults.kill(killing, backends.getLast());
                }
                Sql.execute(connection, "select 1");
            } catch (SQLException e) {
                thrown.add(e);
                throw e;
            }
            return result;
        }
    }

    private static String run(Survivor survivor, Kind kind, Attempts work) throws Exception {
        return Expect.within("The work", PATIENCE, () -> kind == Kind.REPEATABLE ? survivor.repeatable(work) : survivor.once(work));
    }

    /** The result, or what was thrown. */
    private static Object outcome(Survivor survivor, Kind kind, Attempts work) {
        try {
            return run(survivor, kind, work);
        } catch (Mismatch e) {
            throw e;
        } catch (Throwable e) {
            return e;
        }
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
}

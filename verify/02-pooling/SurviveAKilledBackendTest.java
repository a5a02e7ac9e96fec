import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.Clone;
import grading.Expect;
import grading.Hint;
import grading.Needs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;

/** Judges 02.5 with work that has its own backend killed, and counts how often it is tried. */
@TestMethodOrder(OrderAnnotation.class)
class SurviveAKilledBackendTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Where work that is tried over and over ends the experiment. */
    private static final int ENOUGH = 6;

    @Test @Order(1) @DisplayName("Work that goes well runs once and gives its result")
    void goodWorkRunsOnce(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (var repeatable : List.of(true, false)) {
                var work = new Attempts(clone, 0);
                Expect.equal("The result of the work", "done", run(pool, work, repeatable), "What does the work return?");
                Expect.equal("Tries of work that goes well", 1, work.tries, "Once is enough.");
            }
        }
    }

    @Test @Order(2) @Needs("goodWorkRunsOnce") @Hint(1) @DisplayName("Repeatable work is tried again when its backend is killed")
    void aKilledBackendIsTriedAgain(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var work = new Attempts(clone, 1);
            outcome(() -> run(pool, work, true));
            Expect.equal("Tries, when the first backend is killed", 2, work.tries, "57P01: the connection is lost, the work is not.");
        }
    }

    @Test @Order(3) @Needs("aKilledBackendIsTriedAgain") @Hint(1) @DisplayName("The second try has a connection of its own")
    void theSecondTryHasAnotherConnection(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var work = new Attempts(clone, 1);
            Expect.equal("The second try", "done", outcome(() -> run(pool, work, true)), "Which connection does it use?");
            Expect.that("The backends of both tries", !work.backends.getFirst().equals(work.backends.getLast()),
                "two different ones", work.backends, "A killed backend does not come back.");
        }
    }

    @Test @Order(4) @Needs("aKilledBackendIsTriedAgain") @Hint(2) @DisplayName("After the second failure the caller is told")
    void itGivesUpAfterTheSecondTry(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var work = new Attempts(clone, Integer.MAX_VALUE);
            var outcome = outcome(() -> run(pool, work, true));
            Expect.equal("Tries, when every backend is killed", 2, work.tries,
                "A server that is down gets no better by being asked for ever.");
            Expect.that("What the caller gets", isLoss(outcome), "57P01 or class 08", outcome, "The last failure is the caller's.");
        }
    }

    @Test @Order(5) @Needs("aKilledBackendIsTriedAgain") @Hint(2) @DisplayName("A lost network is survived like a killed backend")
    void aLostNetworkIsSurvived(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (var state : List.of("08006", "08003", "08001")) {
                var tries = new ArrayList<String>();
                var outcome = outcome(() -> Expect.within("The work", PATIENCE, () -> new Survivor(pool).repeatable(connection -> {
                    tries.add(state);
                    if (tries.size() == 1) {
                        throw new SQLException("An I/O error occurred while sending to the backend.", state);
                    }
                    return "done";
                })));
                Expect.equal("Tries, when the network is lost (" + state + ")", 2, tries.size(), "Which SQLSTATEs mean a lost connection?");
                Expect.equal("The second try", "done", outcome, "Its result is the result.");
            }
        }
    }

    @Test @Order(6) @Needs("goodWorkRunsOnce") @Hint(2) @DisplayName("Other failures reach the caller at once")
    void ownMistakesAreNotRepeated(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (var failure : List.of(new SQLException("duplicate key", "23505"), new SQLException("a failure without SQLSTATE"),
                    new SQLException("cancelled", "57014"))) {
                var tries = new ArrayList<String>();
                var outcome = outcome(() -> Expect.within("The work", PATIENCE, () -> new Survivor(pool).repeatable(connection -> {
                    tries.add("once");
                    throw failure;
                })));
                Expect.equal("Tries of work that is wrong in itself (" + failure.getMessage() + ")", 1, tries.size(),
                    "Doing it again gives the same failure.");
                Expect.equal("What the caller gets", failure, outcome, "The failure as it is.");
            }
        }
    }

    @Test @Order(7) @Needs("goodWorkRunsOnce") @Hint(1) @DisplayName("Work that must not be done twice is tried once")
    void onceIsOnce(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var work = new Attempts(clone, 1);
            var outcome = outcome(() -> run(pool, work, false));
            Expect.equal("Tries of work that must not be done twice", 1, work.tries,
                "Nobody knows whether the first payment went through.");
            Expect.that("What the caller gets", isLoss(outcome), "57P01 or class 08", outcome, "The failure is the caller's.");
        }
    }

    @Test @Order(8) @Needs({"aKilledBackendIsTriedAgain", "onceIsOnce"}) @Hint(1) @DisplayName("No connection stays lent")
    void noConnectionStaysLent(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (int killed : new int[] {0, 1, 2}) {
                outcome(() -> run(pool, new Attempts(clone, killed), true));
                outcome(() -> run(pool, new Attempts(clone, killed), false));
            }
            Expect.equal("Connections still lent at the end", 0, pool.getHikariPoolMXBean().getActiveConnections(),
                "Every connection that was borrowed is given back, the lost ones too.");
        }
    }

    /** Work whose backend is killed while it runs, the first so many times. */
    private static final class Attempts implements Survivor.Work<String> {
        private final Clone clone;
        private final int kills;
        private final List<Integer> backends = new ArrayList<>();
        private int tries;

        Attempts(Clone clone, int kills) {
            this.clone = clone;
            this.kills = kills;
        }

        @Override public String run(Connection connection) throws SQLException {
            tries++; // counted first: a connection that was lost already does not even tell its backend
            backends.add(connection.unwrap(PGConnection.class).getBackendPID());
            if (tries >= ENOUGH) {
                throw new SQLException("the experiment ends after " + ENOUGH + " tries", "XX000");
            }
            if (tries <= kills) {
                kill(clone, backends.getLast());
            }
            try (var statement = connection.createStatement()) {
                statement.execute("select 1");
            }
            return "done";
        }
    }

    private static void kill(Clone clone, int backend) throws SQLException {
        try (var observer = clone.observer().connect();
             var kill = observer.prepareStatement("select pg_terminate_backend(?, 5000)")) {
            kill.setInt(1, backend);
            kill.execute();
        }
    }

    private static String run(HikariDataSource pool, Attempts work, boolean repeatable) throws Exception {
        return Expect.within("The work", PATIENCE,
            () -> repeatable ? new Survivor(pool).repeatable(work) : new Survivor(pool).once(work));
    }

    private static Object outcome(Callable<String> work) {
        try {
            return work.call();
        } catch (Exception e) {
            return e;
        }
    }

    private static boolean isLoss(Object outcome) {
        return outcome instanceof SQLException e && e.getSQLState() != null
            && (e.getSQLState().equals("57P01") || e.getSQLState().startsWith("08"));
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

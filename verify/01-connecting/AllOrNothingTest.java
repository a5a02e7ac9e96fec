import grading.Clone;
import grading.Expect;
import grading.Fresh;
import grading.Hint;
import grading.Mismatch;
import grading.Needs;
import grading.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import lab.Login;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;

@TestMethodOrder(OrderAnnotation.class)
class AllOrNothingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOTHING = "ann 100, bob 100";

    @Test @Order(1) @Fresh @DisplayName("a transfer moves the money")
    void moves(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            Expect.equal("what inTransaction throws", "nothing", outcome(connection, c -> transfer(c, 30)), "The work ended well.");
            Expect.equal("the balances that another session sees", "ann 70, bob 130", balances(clone), "Is it committed?");
        }
    }

    @Test @Order(2) @Needs("moves") @Fresh @Hint(1) @DisplayName("nobody sees a half-done transfer")
    void hidesTheMiddle(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            outcome(connection, c -> {
                update(c, "bob", 30);
                Expect.equal("the balances that another session sees between the two updates", NOTHING, balances(clone),
                    "Each statement is committed on its own as long as autocommit is on.");
                update(c, "ann", -30);
            });
        }
    }

    @Test @Order(3) @Needs("moves") @Fresh @Hint(1) @DisplayName("a refused statement takes everything back")
    void takesBack(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            var thrown = outcome(connection, c -> transfer(c, 130));
            Expect.equal("the balances after a transfer that PostgreSQL refused", NOTHING, balances(clone),
                "Who rolls back? And beware of setAutoCommit(true): it commits what is open.");
            Expect.equal("what the caller gets", "SQLException 23514", thrown, "The caller must learn what happened.");
        }
    }

    @Test @Order(4) @Needs("takesBack") @Fresh @Hint(1) @DisplayName("a bug in the work takes everything back")
    void takesBackForBugs(Clone clone) throws Exception {
        for (var bug : new Throwable[] {new IllegalStateException("a bug"), new AssertionError("an error"), new Exception("checked")}) {
            try (var connection = clone.app().connect()) {
                var kind = bug.getClass().getSimpleName();
                var thrown = outcome(connection, c -> {
                    update(c, "bob", 30);
                    sneak(bug);
                });
                Expect.equal("the balances after the work threw " + kind, NOTHING, balances(clone), "Not every failure is an SQLException.");
                Expect.equal("what the caller gets when the work throws " + kind, described(bug), thrown, "The very same object.");
            }
        }
    }

    @Test @Order(5) @Needs("takesBack") @Fresh @Hint(1) @DisplayName("the connection comes back as it was given")
    void restores(Clone clone) throws Exception {
        for (var autoCommit : new boolean[] {true, false}) {
            for (var amount : new long[] {1, 1000}) {
                try (var connection = clone.app().connect()) {
                    connection.setAutoCommit(autoCommit);
                    outcome(connection, c -> transfer(c, amount));
                    var when = "after work that " + (amount == 1 ? "ended well" : "failed") + ", when autocommit was "
                        + autoCommit + " before";
                    Expect.equal("autocommit " + when, autoCommit, connection.getAutoCommit(), "The next user of this connection expects what you got.");
                    Expect.equal("the session " + when, "idle", state(clone, connection), "No transaction may be left open.");
                }
            }
        }
    }

    @Test @Order(6) @Needs("takesBack") @Fresh @Hint(2) @DisplayName("work that hides a refused statement is no success")
    void tellsOfHiddenFailures(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            var thrown = outcome(connection, c -> {
                update(c, "bob", 130);
                try {
                    update(c, "ann", -130);
                } catch (SQLException hidden) {
                    // as many programs do: logged, and forgotten
                }
            });
            Expect.equal("the balances", NOTHING, balances(clone), "PostgreSQL had given up this transaction.");
            Expect.that("what the caller gets", thrown.startsWith("SQLException"), "an SQLException",
                thrown, "commit() returned, and committed nothing. Which statement would have told you?");
        }
    }

    @Test @Order(7) @Needs("takesBackForBugs") @Fresh @Hint(2) @DisplayName("a dead connection does not hide what the work threw")
    void keepsTheFirstFailure(Clone clone) throws Exception {
        var bug = new IllegalStateException("the work's own failure");
        try (var connection = clone.app().connect()) {
            var thrown = outcome(connection, c -> {
                update(c, "bob", 30);
                kill(clone, c);
                throw bug;
            });
            Expect.equal("what the caller gets when the rollback fails too", described(bug), thrown,
                "What throws in a catch or a finally replaces what was thrown before.");
            Expect.that("what is attached to it", Arrays.stream(bug.getSuppressed()).anyMatch(SQLException.class::isInstance),
                "the SQLException of the rollback, as suppressed", Arrays.toString(bug.getSuppressed()), "Throwable.addSuppressed");
        }
    }

    private static String outcome(Connection connection, Transactions.Work work) throws Exception {
        return Expect.within("inTransaction ends", PATIENCE, () -> {
            try {
                Transactions.inTransaction(connection, work);
                return "nothing";
            } catch (Mismatch seenInTheWork) {
                throw seenInTheWork;
            } catch (Throwable thrown) {
                return described(thrown);
            }
        });
    }

    /** An SQL failure by its code; anything else by its identity, because a copy would not do. */
    private static String described(Throwable thrown) {
        return thrown instanceof SQLException sql ? "SQLException " + sql.getSQLState()
            : thrown + " (object " + System.identityHashCode(thrown) + ")";
    }

    private static void transfer(Connection connection, long amount) throws SQLException {
        update(connection, "bob", amount);
        update(connection, "ann", -amount);
    }

    private static void update(Connection connection, String name, long change) throws SQLException {
        try (var statement = connection.prepareStatement("update accounts set balance = balance + ? where name = ?")) {
            statement.setLong(1, change);
            statement.setString(2, name);
            statement.executeUpdate();
        }
    }

    private static String balances(Clone clone) throws SQLException {
        return text(clone.owner(), "select string_agg(name || ' ' || balance, ', ' order by name) from accounts");
    }

    private static String state(Clone clone, Connection connection) throws SQLException {
        return text(clone.observer(), "select state from pg_stat_activity where pid = " + pid(connection));
    }

    /** Returns when the backend is gone. */
    private static void kill(Clone clone, Connection connection) throws SQLException {
        text(clone.observer(), "select pg_terminate_backend(" + pid(connection) + ", 10000)");
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    private static String text(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return String.valueOf(Rows.query(connection, sql).values().getFirst().getFirst());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}

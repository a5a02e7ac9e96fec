import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;

/** Each check begins with 100 for Ann and 100 for Bob. */
class AllOrNothingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOTHING = "ann 100, bob 100";
    private static final String SAME_OBJECT = "The caller must learn what happened: the very same object, not wrapped, not replaced.";
    private static final String NEXT_USER = "The next user of this connection expects what you got.";

    @Test @DisplayName("a transfer moves the money")
    @Promises("commits")
    void moves(Clone clone) throws Exception {
        for (var autoCommit : new boolean[] {true, false}) {
            begin(clone);
            try (var connection = connect(clone, autoCommit)) {
                endsWell(connection, c -> transfer(c, 30));
                Expect.equal("the balances that another session sees, when autocommit was " + onOff(autoCommit), "ann 70, bob 130", balances(clone), "Is it committed?");
            }
        }
    }

    @Test @Needs("moves") @Hint(1) @DisplayName("nobody sees a half-done transfer")
    @Promises("commits")
    void hidesTheMiddle(Clone clone) throws Exception {
        begin(clone);
        try (var connection = clone.app().connect()) {
            endsWell(connection, c -> {
                update(c, "bob", 30);
                Expect.equal("the balances that another session sees between the two updates", NOTHING, balances(clone),
                    "Each statement is committed on its own as long as autocommit is on.");
                update(c, "ann", -30);
                Expect.equal("the balances that another session sees before the work has ended", NOTHING, balances(clone), "It may still fail.");
            });
        }
    }

    @Test @Needs("moves") @Hint(1) @DisplayName("what the work has mended itself, by a savepoint, is committed")
    @Promises("commits")
    void commitsWhatWasMended(Clone clone) throws Exception {
        begin(clone);
        try (var connection = clone.app().connect()) {
            endsWell(connection, c -> {
                update(c, "bob", 30);
                Sql.execute(c, "savepoint before_ann");
                try {
                    update(c, "ann", -130);
                } catch (SQLException refused) {
                    Sql.execute(c, "rollback to savepoint before_ann");
                }
                update(c, "ann", -30);
            });
            Expect.equal("the balances after work that went back to a savepoint of its own, and on", "ann 70, bob 130", balances(clone),
                "The work ended well, and PostgreSQL agrees.");
        }
    }

    @Test @Needs("moves") @Hint(1) @DisplayName("work that changes no row is committed, too")
    @Promises("commits")
    void commitsWithoutRows(Clone clone) throws Exception {
        try (var connection = clone.app().connect(); var listener = clone.app().connect()) {
            Sql.execute(listener, "listen transfers");
            endsWell(connection, c -> Sql.execute(c, "select pg_notify('transfers', 'a message'), set_config('statement_timeout', '54321', false)"));
            Expect.equal("statement_timeout after work that set it for the session", "54321ms",
                String.valueOf(Rows.query(connection, "show statement_timeout").values().getFirst().getFirst()), "The work ended well: all of it counts, not rows alone.");
            var heard = listener.unwrap(PGConnection.class).getNotifications((int) PATIENCE.toMillis());
            Expect.equal("how many messages a listener got after work that sent one", 1, heard == null ? 0 : heard.length,
                "PostgreSQL sends them at the commit. The work ended well: all of it counts, not rows alone.");
        }
    }

    @Test @Needs("moves") @Hint(1) @DisplayName("whatever the work throws, everything is taken back")
    @Promises("undone")
    void takesBack(Clone clone) throws Exception {
        begin(clone);
        for (var autoCommit : new boolean[] {true, false}) {
            try (var connection = connect(clone, autoCommit); var observer = Sql.connect(clone.owner())) {
                for (var failure : everyFailure()) {
                    thrown(connection, c -> {
                        update(c, "bob", 30);
                        throw Faults.sneak(failure);
                    });
                    Expect.equal("the balances after the work threw " + failure.getClass().getSimpleName(), NOTHING, balances(observer),
                        "Not every failure is an SQLException. Who rolls back? And beware of setAutoCommit(true): it commits what is open.");
                }
            }
        }
        try (var connection = clone.app().connect()) {
            thrown(connection, c -> transfer(c, 130));
            Expect.equal("the balances after a transfer that PostgreSQL refused", NOTHING, balances(clone),
                "Who rolls back? And beware of setAutoCommit(true): it commits what is open.");
        }
    }

    @Test @Needs("moves") @Hint(1) @DisplayName("the caller gets what the work threw")
    @Promises("same-object")
    void passesOn(Clone clone) throws Exception {
        begin(clone);
        try (var connection = clone.app().connect()) {
            for (var failure : everyFailure()) {
                var runs = new AtomicInteger();
                Expect.passesOn("what the caller gets when the work throws " + failure.getClass().getSimpleName(), failure, () -> run(connection, c -> {
                    runs.incrementAndGet();
                    update(c, "bob", 30);
                    throw Faults.sneak(failure);
                }), SAME_OBJECT);
                Expect.equal("how often the work was run that threw " + failure, 1, runs.get(), "Whether to try again is the caller's to say.");
            }
            var refused = new AtomicReference<SQLException>();
            var thrown = thrown(connection, c -> {
                update(c, "bob", 130);
                try {
                    update(c, "ann", -130);
                } catch (SQLException e) {
                    refused.set(e);
                    throw e;
                }
            });
            Expect.that("what the caller gets when PostgreSQL refuses a statement of the work", thrown == refused.get(), refused.get(), shown(thrown), SAME_OBJECT);
        }
    }

    @Test @Needs({"takesBack", "passesOn"}) @Hint(1) @DisplayName("the connection comes back as it was given")
    @Promises("as-given")
    void restores(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "create table transfers (account text references accounts deferrable initially deferred)");
        for (var isolation : Isolation.values()) {
            for (var autoCommit : new boolean[] {true, false}) {
                begin(clone);
                try (var connection = isolation.connect(clone.app())) {
                    connection.setAutoCommit(autoCommit);
                    var lent = ConnectionState.of(connection);
                    endsWell(connection, c -> transfer(c, 1));
                    asGiven(lent, connection, "ended well");
                    endsWell(connection, c -> { });
                    asGiven(lent, connection, "did nothing");
                    thrown(connection, c -> transfer(c, 1000));
                    asGiven(lent, connection, "was refused by PostgreSQL");
                    for (var failure : isolation == Isolation.READ_COMMITTED ? everyFailure() : List.<Throwable>of(new IllegalStateException("a bug"))) {
                        thrown(connection, c -> {
                            update(c, "bob", 1);
                            throw Faults.sneak(failure);
                        });
                        asGiven(lent, connection, "threw " + failure.getClass().getSimpleName());
                    }
                    thrown(connection, AllOrNothingTest::hidesAFailure);
                    asGiven(lent, connection, "hid that it was refused");
                    thrown(connection, AllOrNothingTest::isRefusedAtCommit);
                    asGiven(lent, connection, "could not be committed");
                }
            }
        }
    }

    @Test @Needs("restores") @Hint(2) @DisplayName("work that hides a refused statement is no success")
    @Promises("hidden-failure")
    void tellsOfHiddenFailures(Clone clone) throws Exception {
        begin(clone);
        for (var autoCommit : new boolean[] {true, false}) {
            try (var connection = connect(clone, autoCommit)) {
                var hidden = thrown(connection, AllOrNothingTest::hidesAFailure);
                Expect.equal("the balances after work that hid a failure", NOTHING, balances(clone), "PostgreSQL had given up this transaction.");
                Expect.that("what the caller gets when the work hid that a statement was refused", hidden instanceof SQLException, "an SQLException",
                    shown(hidden), "commit() returned, and committed nothing. Which statement would have told you?");
                var refused = thrown(connection, AllOrNothingTest::isRefusedAtCommit);
                Expect.equal("the balances after work that could not be committed", NOTHING, balances(clone), "PostgreSQL refused the commit.");
                Expect.that("what the caller gets when PostgreSQL refuses the commit", refused instanceof SQLException, "an SQLException",
                    shown(refused), "The work ended well, and nothing of it stayed. Who tells?");
            }
        }
        try (var connection = clone.app().connect()) {
            var dead = thrown(connection, c -> {
                transfer(c, 30);
                Faults.kill(clone, c);
            });
            Expect.that("what the caller gets when the work ended well on a connection that is dead", dead instanceof SQLException, "an SQLException",
                shown(dead), "The work ended well, and nothing of it stayed. Who tells?");
        }
    }

    @Test @Needs("tellsOfHiddenFailures") @DisplayName("work that hides that its connection died is no success either")
    @Promises("hidden-failure")
    void tellsOfHiddenDeath(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            var dead = thrown(connection, c -> {
                Faults.kill(clone, c);
                try {
                    update(c, "bob", 30);
                } catch (SQLException hidden) {
                    // from here on the connection says itself that it is closed
                }
            });
            Expect.that("what the caller gets when the connection died, and the work hid that", dead instanceof SQLException, "an SQLException",
                shown(dead), "A connection that is closed has committed nothing.");
        }
    }

    @Test @Needs("passesOn") @Hint(2) @DisplayName("a dead connection does not hide what the work threw")
    @Promises({"suppressed", "same-object"})
    void keepsTheFirstFailure(Clone clone) throws Exception {
        begin(clone);
        for (var failure : List.of(new IllegalStateException("a bug"), new SQLException("a constraint was violated", "23514"), new AssertionError("an error"))) {
            try (var connection = connect(clone, !(failure instanceof Error))) {
                survives(connection, failure, "what the caller gets when the connection dies and the work throws " + failure.getClass().getSimpleName(), c -> {
                    update(c, "bob", 30);
                    Faults.kill(clone, c);
                    throw Faults.sneak(failure);
                });
            }
        }
        try (var connection = clone.app().connect()) {
            var died = new AtomicReference<SQLException>();
            var thrown = thrown(connection, c -> {
                Faults.kill(clone, c);
                try {
                    update(c, "bob", 30);
                } catch (SQLException e) {
                    died.set(e);
                    throw e;
                }
            });
            Expect.that("what the caller gets when a statement of the work meets the dead connection", thrown == died.get(), died.get(), shown(thrown),
                "What throws in a catch or a finally replaces what was thrown before.");
            isAttached(died.get());
        }
    }

    private static void survives(Connection connection, Throwable failure, String what, Transactions.Work work) {
        Expect.passesOn(what, failure, () -> run(connection, work), "What throws in a catch or a finally replaces what was thrown before.");
        isAttached(failure);
    }

    private static void isAttached(Throwable failure) {
        Expect.that("what is attached to it", Arrays.stream(failure.getSuppressed()).anyMatch(attached -> attached instanceof SQLException e && e.getSQLState() != null),
            "the SQLException of the rollback, with its SQLSTATE, as suppressed", Arrays.toString(failure.getSuppressed()), "Throwable.addSuppressed");
    }

    /** Also such as are caught for another reason. */
    private static List<Throwable> everyFailure() {
        var failures = new ArrayList<>(Faults.ofEveryKind());
        failures.add(new Throwable("neither an Exception nor an Error"));
        failures.add(new SQLException("could not serialize", "40001"));
        failures.add(new SQLException("the work's own connection to somewhere else", "08006"));
        return failures;
    }

    private static void hidesAFailure(Connection connection) throws SQLException {
        update(connection, "bob", 130);
        try {
            update(connection, "ann", -130);
        } catch (SQLException hidden) {
            // as many programs do: logged, and forgotten
        }
    }

    private static void isRefusedAtCommit(Connection connection) throws SQLException {
        update(connection, "bob", 30);
        Sql.execute(connection, "insert into transfers values ('nobody')");
    }

    private static void asGiven(ConnectionState lent, Connection connection, String how) throws SQLException {
        Expect.asLent("what is different in the connection after work that " + how, lent, ConnectionState.of(connection), NEXT_USER);
    }

    private static void endsWell(Connection connection, Transactions.Work work) throws Exception {
        var thrown = thrown(connection, work);
        Expect.equal("what inTransaction throws", "nothing", shown(thrown), "The work ended well.");
    }

    /** What comes out of it; null where it ends well. What the work of a check has seen comes out of the check. */
    private static Throwable thrown(Connection connection, Transactions.Work work) throws Exception {
        try {
            run(connection, work);
            return null;
        } catch (Mismatch seenInTheWork) {
            throw seenInTheWork;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private static void run(Connection connection, Transactions.Work work) throws Exception {
        var thrown = Expect.<Throwable>within("inTransaction ends", PATIENCE, () -> {
            try {
                Transactions.inTransaction(connection, work);
                return null;
            } catch (Throwable anything) {
                return anything;
            }
        });
        if (thrown != null) {
            throw Faults.sneak(thrown);
        }
    }

    private static String shown(Throwable thrown) {
        return switch (thrown) {
            case null -> "nothing";
            case SQLException e -> "SQLException " + e.getSQLState() + ", " + e.getMessage();
            default -> thrown.toString();
        };
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static Connection connect(Clone clone, boolean autoCommit) throws SQLException {
        var connection = clone.app().connect();
        connection.setAutoCommit(autoCommit);
        return connection;
    }

    private static void begin(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "update accounts set balance = 100 where balance <> 100");
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
        try (var observer = Sql.connect(clone.owner())) {
            return balances(observer);
        }
    }

    private static String balances(Connection observer) throws SQLException {
        return String.valueOf(Rows.query(observer, "select string_agg(name || ' ' || balance, ', ' order by name) from accounts").values().getFirst().getFirst());
    }
}

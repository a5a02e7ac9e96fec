import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.*;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Judges 08.3 with failures that are real where PostgreSQL can be made to fail, and by what came of the connections. */
class TryAgainTest {
    private static final Duration STUCK = Duration.ofSeconds(15);
    /** Work that is asked for ever ends itself. */
    private static final int ENDLESS = 50;
    private WatchedDataSource watched;
    private Connection own;

    @BeforeEach void begin(Clone clone) throws Exception {
        watched = new WatchedDataSource(clone.app());
        own = Sql.connect(clone.app());
        Sql.execute(own, "update accounts set balance = 100; update doctors set on_call = true");
    }

    @AfterEach void end() throws Exception {
        watched.close();
        own.close();
    }

    @Test @Promises({"result", "new-transaction"}) @DisplayName("work without trouble runs once, is serializable, and is committed")
    void runsOnce() throws Exception {
        var runs = new AtomicInteger();
        var isolation = run(watched, 3, connection -> {
            runs.incrementAndGet();
            Sql.execute(connection, "update accounts set balance = 70 where name = 'a'");
            return isolation(connection);
        });
        Expect.equal("The isolation level, as the work returned it", "serializable", isolation, "What the work returns comes back.");
        Expect.equal("Runs", 1, runs.get(), "Nothing failed.");
        Expect.equal("Balance of a afterwards", 70L, balance(own, "a"), "Who commits?");
    }

    @Test @Needs("runsOnce") @Hint(1) @Promises({"tries-again", "new-transaction"})
    @DisplayName("work that fails with 40001 is tried again, and sees what has changed")
    void triesAgain() throws Exception {
        var runs = new AtomicInteger();
        var isolations = new ArrayList<Object>();
        Expect.works("Work that somebody else is quicker than", () -> run(watched, 5, connection -> {
            isolations.add(isolation(connection));
            var balance = balance(connection, "a");
            if (runs.incrementAndGet() < 3) {
                Sql.execute(own, "update accounts set balance = balance + 100 where name = 'a'");
            }
            Sql.execute(connection, "update accounts set balance = " + (balance - 10) + " where name = 'a'");
            return "done";
        }), "PostgreSQL said: try again. In the old transaction nothing has changed, and nothing will.");
        Expect.equal("The isolation levels of the attempts", Collections.nCopies(runs.get(), "serializable"), isolations, "What a connection was told is gone with it.");
        Expect.equal("Runs", 3, runs.get(), "Twice somebody was quicker.");
        Expect.equal("Balance of a, to which others added 100 twice and the work took 10 from", 290L, balance(own, "a"), "The last attempt counts, and sees all.");
    }

    @Test @Needs("triesAgain") @Hint(1) @Promises("new-transaction") @DisplayName("nothing of a failed attempt stays")
    void startsAfresh() throws Exception {
        var runs = new AtomicInteger();
        run(watched, 5, connection -> {
            Sql.execute(connection, "update accounts set balance = balance - 10 where name = 'a'");
            if (runs.incrementAndGet() < 3) {
                throw new PSQLException("try again", PSQLState.SERIALIZATION_FAILURE);
            }
            return "done";
        });
        Expect.equal("Balance of a, of which each of three attempts took 10", 90L, balance(own, "a"), "One of them was committed.");
    }

    @Test @Needs("triesAgain") @Hint(2) @Promises("tries-again") @DisplayName("it is the SQLSTATE that tells, whatever class the exception has")
    void looksAtTheState() throws Exception {
        var runs = new AtomicInteger();
        Expect.works("Work that fails with a BatchUpdateException, and two more of other classes", () -> run(watched, 5, connection -> {
            switch (runs.incrementAndGet()) {
                case 1 -> batch(connection, "do $$ begin perform fail('40001'); end $$");
                case 2 -> throw new SQLException("try again", "40001");
                case 3 -> throw new SQLTransactionRollbackException("try again", "40P01");
                default -> { }
            }
            return "done";
        }), "All of them have the SQLSTATE 40001 or 40P01.");
        Expect.equal("Runs", 4, runs.get(), "Three times it failed.");
    }

    @Test @Needs("triesAgain") @Hint(2) @Promises("at-the-commit") @DisplayName("a failure at the commit is tried again, too")
    void triesAgainAfterCommit(Clone clone) throws Exception {
        var barrier = new CyclicBarrier(2);
        var runs = new AtomicInteger();
        both("Two doctors who take themselves off the list at once", () -> leave(clone, "Ann", barrier, runs), () -> leave(clone, "Bob", barrier, runs),
            "The one whom PostgreSQL ended learned of it at his commit.");
        Expect.equal("Runs of both together", 3, runs.get(), "One of them had to look again.");
        Expect.equal("Doctors on call afterwards", 1L, Sql.number(clone.app(), "select count(*) from doctors where on_call"), "At his second look he saw that he is the last one.");
    }

    @Test @Needs("triesAgainAfterCommit") @Promises({"result", "at-the-commit"}) @DisplayName("what comes back is what the committed attempt returned")
    void returnsWhatWasCommitted() throws Exception {
        for (var state : List.of("40001", "40P01")) {
            var runs = new AtomicInteger();
            var result = run(watched, 5, connection -> {
                var attempt = runs.incrementAndGet();
                if (attempt < 3) {
                    Sql.execute(connection, "insert into late_failures values ('" + state + "')");
                }
                return "attempt " + attempt;
            });
            Expect.equal("The result, after two commits that failed with " + state, "attempt 3", result, "The third attempt was committed.");
        }
        var runs = new AtomicInteger();
        Expect.equal("The result of work that returns null at its second attempt", null, run(watched, 5, connection -> {
            if (runs.incrementAndGet() == 1) {
                throw new SQLException("try again", "40001");
            }
            return null;
        }), "Null is a result.");
        Expect.equal("Its runs", 2, runs.get(), "Null is a result, and no failure.");
    }

    @Test @Needs("triesAgain") @Hint(1) @Promises("tries-again") @DisplayName("a deadlock is tried again")
    void triesAgainAfterDeadlock(Clone clone) throws Exception {
        var barrier = new CyclicBarrier(2);
        both("a to b, and b to a, at once", () -> move(clone, "a", "b", 10, barrier), () -> move(clone, "b", "a", 30, barrier), "40P01 is no fault of the work either.");
        Expect.equal("Balances of a and b", List.of(120L, 80L), List.of(balance(own, "a"), balance(own, "b")), "Each of the two moved its money once.");
    }

    @Test @Needs("triesAgain") @Promises("gives-up") @DisplayName("after so many attempts it gives up, and the caller sees why")
    void givesUp() throws Exception {
        for (int attempts : new int[] {1, 2, 4}) {
            for (var state : List.of("40001", "40P01")) {
                var failures = new ArrayList<SQLException>();
                var thrown = thrown(watched, attempts, connection -> {
                    failures.add(new SQLException("failed at attempt " + (failures.size() + 1), state));
                    if (failures.size() > ENDLESS) {
                        throw new IllegalStateException("was run " + ENDLESS + " times");
                    }
                    throw failures.getLast();
                });
                Expect.equal("Runs of work that always fails with " + state + ", " + attempts + " attempts", attempts, failures.size(), "Count the first one, too.");
                Expect.that("What the caller gets", thrown == failures.getLast(), "the exception of attempt " + attempts, thrown, "The failure of the last attempt, as it is.");
            }
        }
        var runs = new AtomicInteger();
        Expect.sqlState("Work whose commit always fails with 40001, 3 attempts", "40001", () -> run(watched, 3, connection -> {
            if (runs.incrementAndGet() > ENDLESS) {
                throw new IllegalStateException("was run " + ENDLESS + " times");
            }
            Sql.execute(connection, "insert into late_failures values ('40001')");
            return null;
        }), "The caller gets the failure of the last attempt.");
        Expect.equal("Runs of work whose commit always fails", 3, runs.get(), "Count the first one, too.");
    }

    @Test @Needs("givesUp") @Promises("new-transaction") @DisplayName("each attempt is serializable, the last one too")
    void staysSerializable() throws Exception {
        var all = new ArrayList<Object>();
        Expect.sqlState("Work that fails with 40001 each time", "40001", () -> run(watched, 3, connection -> {
            all.add(isolation(connection));
            throw new PSQLException("try again", PSQLState.SERIALIZATION_FAILURE);
        }), "Three attempts, and then it is the caller's.");
        Expect.equal("The isolation levels of its attempts, to the last", Collections.nCopies(3, "serializable"), all, "The last attempt is an attempt as well.");
    }

    @Test @Needs("runsOnce") @Promises("other-failures") @DisplayName("other failures are not tried again, and roll back")
    void otherFailuresEndIt() throws Exception {
        var failures = new ArrayList<Throwable>();
        for (var state : new String[] {"23505", "57014", "40002", "40003", "55P03", "08006", null}) {
            failures.add(new SQLException("failed on purpose, with " + state, state));
        }
        Faults.ofEveryKind().stream().filter(failure -> failure instanceof RuntimeException || failure instanceof Error || failure instanceof SQLException).forEach(failures::add);
        var cause = new SQLException("try again", "40001");
        failures.add(new IllegalStateException("failed on purpose, because of 40001", cause));
        failures.add(new SQLException("failed on purpose, with null, because of 40001", null, cause));
        failures.add(new SQLException("failed on purpose, with 23503, because of 40001", "23503", cause));
        for (var failure : failures) {
            var runs = new AtomicInteger();
            Expect.passesOn("What the caller gets, when the work throws " + failure, failure, () -> run(watched, 5, connection -> {
                Sql.execute(connection, "update accounts set balance = 1");
                if (runs.incrementAndGet() == 1) {
                    throw Faults.sneak(failure);
                }
                return null;
            }), "It would be the same next time, or nobody knows. The caller decides.");
            Expect.equal("Runs, when the first throws " + failure, 1, runs.get(), "Which two failures are worth another try?");
            Expect.equal("Balance of a, after " + failure, 100L, balance(own, "a"), "It failed, so nothing of it stays.");
            Expect.equal("Transactions that came back neither committed nor rolled back, after " + failure, 0, watched.undecided(), "Not every pool rolls back for you.");
        }
    }

    @Test @Needs("otherFailuresEndIt") @Hint(2) @Promises("other-failures") @DisplayName("other failures at the commit are not tried again either")
    void otherFailuresAtTheCommit() throws Exception {
        for (var state : List.of("23514", "40002")) {
            var runs = new AtomicInteger();
            Expect.sqlState("Work whose commit fails with " + state, state, () -> run(watched, 5, connection -> {
                runs.incrementAndGet();
                Sql.execute(connection, "insert into late_failures values ('" + state + "')");
                return null;
            }), "The caller gets the failure.");
            Expect.equal("Runs of work whose commit fails with " + state, 1, runs.get(), "Which two failures are worth another try?");
        }
    }

    @Test @Needs({"triesAgain", "otherFailuresEndIt"}) @Promises("other-failures") @DisplayName("nor is a connection that cannot be had, at whichever attempt")
    void noConnection(Clone clone) throws Exception {
        for (int given : new int[] {0, 1}) {
            var failure = new SQLException("sorry, too many clients already", "53300");
            var asked = new AtomicInteger();
            try (var full = new WatchedDataSource(clone.app(), method -> {
                if (method.equals("getConnection") && asked.incrementAndGet() > given) {
                    throw failure;
                }
            })) {
                Expect.passesOn("What the caller gets, when attempt " + (given + 1) + " gets no connection", failure, () -> run(full, 5, connection -> {
                    throw new SQLException("try again", "40001");
                }), "53300 is neither of the two failures that are worth another try.");
            }
            Expect.equal("Connections asked for, of which only " + given + " can be had", given + 1, asked.get(), "53300 is neither of the two failures that are worth another try.");
        }
    }

    @Test @Needs("otherFailuresEndIt") @Hint(2) @Promises("other-failures") @DisplayName("a rollback or a close that fails does not hide the failure before it")
    void seesTheFirstFailure(Clone clone) throws Exception {
        var failures = new ArrayList<Throwable>();
        var thrown = thrown(watched, 5, connection -> {
            try {
                Faults.kill(clone, connection);
                Sql.execute(connection, "update accounts set balance = 1");
            } catch (SQLException e) {
                failures.add(e);
                throw e;
            }
            return null;
        });
        Expect.that("What the caller gets, when an administrator ended the session", failures.size() == 1 && thrown == failures.getFirst(),
            failures.getFirst(), thrown, "There was a failure before the one that he gets.");
        for (var method : List.of("rollback", "close")) {
            try (var failing = new WatchedDataSource(clone.app(), failingAt(method))) {
                for (var failure : List.of(new IllegalStateException("a bug"), new AssertionError("an error"), new SQLException("no such account", "23503"))) {
                    Expect.passesOn("What the caller gets, when the work throws " + failure + " and the " + method + " fails", failure, () -> run(failing, 5, connection -> {
                        Sql.execute(connection, "update accounts set balance = 1");
                        throw Faults.sneak(failure);
                    }), "The failure of the work came first, and says more.");
                }
            }
        }
    }

    @Test @Needs("triesAgain") @Promises("holds-nothing") @DisplayName("no connection stays open, whatever failed")
    void leavesNothingOpen(Clone clone) throws Exception {
        var runs = new AtomicInteger();
        run(watched, 5, connection -> {
            Expect.equal("Connections borrowed at once, at attempt " + (runs.get() + 1), 1, watched.open(), "Give one back before you take the next.");
            if (runs.incrementAndGet() < 3) {
                throw new SQLException("try again", "40001");
            }
            return "done";
        });
        Expect.equal("Connections still open after three attempts", 0, watched.open(), "Who closes what was borrowed?");
        for (var method : List.of("setAutoCommit", "setTransactionIsolation", "createStatement", "commit", "rollback")) {
            try (var failing = new WatchedDataSource(clone.app(), failingAt(method))) {
                thrown(failing, 5, connection -> {
                    Sql.execute(connection, "update accounts set balance = 1");
                    if (method.equals("rollback")) {
                        throw new IllegalStateException("a bug");
                    }
                    return null;
                });
                Expect.equal("Connections still open after " + method + " failed", 0, failing.open(), "Is there a moment at which nobody would close it?");
            }
        }
    }

    @Test @Needs("leavesNothingOpen") @Hint(2) @Promises({"tries-again", "gives-up"})
    @DisplayName("work that fails with 40001 is tried again after a rollback or a close that fails, too")
    void triesAgainAfterAFailingEnd(Clone clone) throws Exception {
        for (var method : List.of("rollback", "close")) {
            var calls = new AtomicInteger();
            try (var failing = new WatchedDataSource(clone.app(), name -> {
                if (name.equals(method) && calls.getAndIncrement() == 0) {
                    throw new SQLException("the network went away", "08006");
                }
            })) {
                var runs = new AtomicInteger();
                Expect.works("Work that fails with 40001, when the " + method + " after it fails", () -> run(failing, 3, connection -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new SQLException("try again", "40001");
                    }
                    return null;
                }), "The failure of the work came first, and it says: try again.");
                Expect.equal("Its runs, when the first " + method + " fails", 2, runs.get(), "The failure of the work came first, and it says: try again.");
            }
            try (var failing = new WatchedDataSource(clone.app(), failingAt(method))) {
                var failures = new ArrayList<SQLException>();
                var thrown = thrown(failing, 2, connection -> {
                    failures.add(new SQLException("failed at attempt " + (failures.size() + 1), "40P01"));
                    throw failures.getLast();
                });
                Expect.that("What the caller gets after 2 attempts, when each " + method + " fails", failures.size() == 2 && thrown == failures.getLast(),
                    "the exception of attempt 2", thrown, "The failure of the last attempt, as it is.");
            }
        }
    }

    @Test @Needs("leavesNothingOpen") @Promises({"holds-nothing", "gives-up"}) @DisplayName("who waits for the next attempt holds no connection")
    void waitsWithEmptyHands() throws Exception {
        var runs = new AtomicInteger();
        Retry.Work<Object> hopeless = connection -> {
            runs.incrementAndGet();
            throw new SQLException("try again", "40001");
        };
        thrown(watched, 2, hopeless); // now all classes are there, and nobody waits for one
        var before = watched.waits();
        thrown(watched, 10, hopeless);
        Expect.equal("Runs of work that always fails, 2 attempts and 10", 12, runs.get(), "As many as the caller says.");
        Expect.equal("Waits with a connection in hand, of 9", 0, watched.waits() - before, "Others could work with it meanwhile. When is it given back?");
    }

    @Test @Needs("seesTheFirstFailure") @Hint(2) @Promises({"other-failures", "holds-nothing"})
    @DisplayName("nor does a rollback or a close that fails with an unchecked exception")
    void bearsUncheckedOnesAtTheEnd(Clone clone) throws Exception {
        for (var method : List.of("rollback", "close")) {
            try (var failing = new WatchedDataSource(clone.app(), failingAt(method, new IllegalStateException("the pool is closed")))) {
                for (var failure : List.of(new IllegalArgumentException("a bug"), new SQLException("no such account", "23503"))) {
                    Expect.passesOn("What the caller gets, when the work throws " + failure + " and the " + method + " an IllegalStateException", failure, () -> run(failing, 5, connection -> {
                        throw Faults.sneak(failure);
                    }), "The failure of the work came first, and says more. A pool or a driver may have bugs, too.");
                    Expect.equal("Connections still open, after the " + method + " threw an IllegalStateException", 0, failing.open(), "Is there a moment at which nobody would close it?");
                }
            }
        }
    }

    @Test @Needs("returnsWhatWasCommitted") @Hint(2) @Promises("result") @DisplayName("a close that fails after the commit hides no result")
    void returnsItThoughTheCloseFails(Clone clone) throws Exception {
        for (var end : List.of(new SQLException("the network went away", "08006"), new SQLException("try again", "40001"), new IllegalStateException("the pool is closed"))) {
            try (var failing = new WatchedDataSource(clone.app(), failingAt("close", end))) {
                var runs = new AtomicInteger();
                var result = new AtomicReference<Object>();
                Expect.works("Work without trouble, when the close after its commit throws " + end, () -> result.set(run(failing, 3, connection -> "run " + runs.incrementAndGet())),
                    "It is committed, and the caller wants to know it.");
                Expect.equal("The result, when the close after the commit throws " + end, "run 1", result.get(), "That one was committed.");
            }
        }
    }

    @Test @Needs("otherFailuresEndIt") @Hint(2) @Promises("other-failures") @DisplayName("the SQLSTATE tells, and not the class, what is not tried again")
    void theClassDoesNotTell() throws Exception {
        for (var state : new String[] {null, "40000", "40002", "40003"}) {
            var failure = new SQLTransactionRollbackException("rolled back, with " + state, state);
            var runs = new AtomicInteger();
            Expect.passesOn("What the caller gets, when the work throws an SQLTransactionRollbackException with " + state, failure, () -> run(watched, 5, connection -> {
                if (runs.incrementAndGet() == 1) {
                    throw failure;
                }
                return null;
            }), "Which two SQLSTATEs are worth another try?");
            Expect.equal("Runs, when the first throws an SQLTransactionRollbackException with " + state, 1, runs.get(), "Which two SQLSTATEs are worth another try?");
        }
    }

    @Test @Needs("otherFailuresEndIt") @Hint(2) @Promises("other-failures") @DisplayName("what fails at the commit is rolled back, where PostgreSQL has not heard of the commit")
    void rollsBackAfterTheCommit(Clone clone) throws Exception {
        for (var failure : List.of(new SQLException("no route to the server"), new SQLException("a constraint of the pool", "23505"), new IllegalStateException("a bug of the pool"))) {
            try (var failing = new WatchedDataSource(clone.app(), failingAt("commit", failure))) {
                Expect.passesOn("What the caller gets, when the commit throws " + failure, failure, () -> run(failing, 5, connection -> {
                    Sql.execute(connection, "update accounts set balance = 1");
                    return null;
                }), "The caller gets that very exception.");
                Expect.equal("Transactions that came back neither committed nor rolled back, after the commit threw " + failure, 0, failing.undecided(), "Has the commit ended the transaction?");
            }
        }
    }

    private static boolean leave(Clone clone, String name, CyclicBarrier barrier, AtomicInteger runs) throws Exception {
        var first = new AtomicInteger();
        return run(clone, 5, connection -> {
            runs.incrementAndGet();
            var others = Rows.query(connection, "select name from doctors where on_call and name <> ?", name).values().size();
            if (first.getAndIncrement() == 0) {
                meet(barrier);
            }
            if (others == 0) {
                return false;
            }
            Sql.execute(connection, "update doctors set on_call = false where name = '" + name + "'");
            if (first.get() == 1) {
                meet(barrier);
            }
            return true;
        });
    }

    private static boolean move(Clone clone, String from, String to, int amount, CyclicBarrier barrier) throws Exception {
        var first = new AtomicInteger();
        return run(clone, 5, connection -> {
            Sql.execute(connection, "update accounts set balance = balance - " + amount + " where name = '" + from + "'");
            if (first.getAndIncrement() == 0) {
                meet(barrier);
            }
            Sql.execute(connection, "update accounts set balance = balance + " + amount + " where name = '" + to + "'");
            return true;
        });
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the other transaction did not come: " + e, e);
        }
    }

    private static void both(String what, Callable<Boolean> one, Callable<Boolean> other, String lookAt) throws Exception {
        for (var outcome : Task.race(STUCK, List.of(one, other))) {
            Expect.that(what, outcome instanceof Task.Outcome.Value<Boolean>, "no error", outcome, lookAt);
        }
    }

    private static <T> T run(Clone clone, int attempts, Retry.Work<T> work) throws Exception {
        try (var watched = new WatchedDataSource(clone.app())) {
            return run(watched, attempts, work);
        }
    }

    private static <T> T run(WatchedDataSource watched, int attempts, Retry.Work<T> work) throws Exception {
        return Expect.within("The transaction", STUCK, () -> Retry.inTransaction(watched.source(), attempts, work));
    }

    /** What came out; null where nothing did. */
    private static Throwable thrown(WatchedDataSource watched, int attempts, Retry.Work<?> work) {
        try {
            run(watched, attempts, work);
            return null;
        } catch (Mismatch e) {
            throw e;
        } catch (Throwable e) {
            return e;
        }
    }

    private static WatchedDataSource.Fault failingAt(String failing) {
        return failingAt(failing, new SQLException("the network went away", "08006"));
    }

    private static WatchedDataSource.Fault failingAt(String failing, Exception failure) {
        return method -> {
            if (method.equals(failing)) {
                throw Faults.sneak(failure);
            }
        };
    }

    private static void batch(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.addBatch(sql);
            statement.executeBatch();
        }
    }

    private static Object isolation(Connection connection) throws SQLException {
        return Rows.query(connection, "show transaction_isolation").values().getFirst().getFirst();
    }

    private static long balance(Connection connection, String name) throws SQLException {
        return ((Number) Rows.query(connection, "select balance from accounts where name = ?", name).values().getFirst().getFirst()).longValue();
    }
}

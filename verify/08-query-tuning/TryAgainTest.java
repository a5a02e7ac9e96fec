import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;
import org.postgresql.ds.PGSimpleDataSource;

/** Judges 08.3 with failures that are real: two transactions meet at a barrier, and PostgreSQL ends one of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TryAgainTest {
    private static final Duration STUCK = Duration.ofSeconds(15);
    /** Work that is asked for ever ends itself. */
    private static final int ENDLESS = 50;

    @Test @Fresh @Order(1) @DisplayName("work without trouble runs once, is serializable, and is committed")
    void runsOnce(Clone clone) throws Exception {
        var runs = new AtomicInteger();
        var isolation = within(() -> Retry.inTransaction(source(clone, new AtomicInteger()), 3, connection -> {
            runs.incrementAndGet();
            execute(connection, "update accounts set balance = 70 where name = 'a'");
            return Rows.query(connection, "show transaction_isolation").values().getFirst().getFirst();
        }));
        Expect.equal("The isolation level, as the work returned it", "serializable", isolation, "What the work returns comes back.");
        Expect.equal("Runs", 1, runs.get(), "Nothing failed.");
        Expect.equal("Balance of a afterwards", 70L, balance(clone, "a"), "Who commits?");
    }

    @Test @Fresh @Order(2) @Needs("runsOnce") @Hint(1) @DisplayName("a statement that fails with 40001 is tried again, in a new transaction")
    void triesAgain(Clone clone) throws Exception {
        var runs = new AtomicInteger();
        Expect.works("Work that fails with 40001 at first", () -> within(() -> Retry.inTransaction(source(clone, new AtomicInteger()), 5, connection -> {
            execute(connection, "update accounts set balance = balance - 10 where name = 'a'");
            if (runs.incrementAndGet() < 3) {
                execute(connection, "select fail('40001')");
            }
            Expect.equal("The isolation level at the third attempt", "serializable",
                Rows.query(connection, "show transaction_isolation").values().getFirst().getFirst(), "Each attempt is serializable.");
            return null;
        })), "PostgreSQL said: try again.");
        Expect.equal("Runs", 3, runs.get(), "Twice it failed.");
        Expect.equal("Balance of a, of which every attempt took 10", 90L, balance(clone, "a"), "Nothing of a failed attempt may stay.");
    }

    @Test @Fresh @Order(3) @Needs("triesAgain") @Hint(2) @DisplayName("a failure at the commit is tried again, too")
    void triesAgainAfterCommit(Clone clone) throws Exception {
        var barrier = new CyclicBarrier(2);
        var runs = new AtomicInteger();
        Expect.works("Two doctors who take themselves off the list at once", () -> both(
            () -> leave(clone, "Ann", barrier, runs), () -> leave(clone, "Bob", barrier, runs)),
            "The one whom PostgreSQL ended learned of it at his commit.");
        Expect.equal("Runs of both together", 3, runs.get(), "One of them had to look again.");
        try (var connection = clone.app().connect()) {
            Expect.table("Doctors on call afterwards", Rows.columns("count").row(1),
                Rows.query(connection, "select count(*) from doctors where on_call"),
                "At his second look he saw that he is the last one.");
        }
    }

    @Test @Fresh @Order(4) @Needs("triesAgain") @Hint(1) @DisplayName("a deadlock is tried again")
    void triesAgainAfterDeadlock(Clone clone) throws Exception {
        var barrier = new CyclicBarrier(2);
        var runs = new AtomicInteger();
        Expect.works("a to b, and b to a, at once", () -> both(
            () -> move(clone, "a", "b", 10, barrier, runs), () -> move(clone, "b", "a", 30, barrier, runs)),
            "40P01 is no fault of the work either.");
        Expect.equal("Balances of a and b", List.of(120L, 80L), List.of(balance(clone, "a"), balance(clone, "b")), "Each of the two moved its money once.");
    }

    @Test @Fresh @Order(5) @Needs("triesAgain") @DisplayName("after so many attempts it gives up, and the caller sees why")
    void givesUp(Clone clone) throws Exception {
        for (int attempts : new int[] {1, 4}) {
            for (var state : List.of("40001", "40P01")) {
                var runs = new AtomicInteger();
                Expect.sqlState("Work that always fails with " + state + ", " + attempts + " attempts", state,
                    () -> within(() -> Retry.inTransaction(source(clone, new AtomicInteger()), attempts, connection -> {
                        if (runs.incrementAndGet() > ENDLESS) {
                            throw new IllegalStateException("was run " + ENDLESS + " times");
                        }
                        execute(connection, "select fail('" + state + "')");
                        return null;
                    })), "The caller sees the failure of the last attempt.");
                Expect.equal("Runs, of " + attempts + " attempts", attempts, runs.get(), "Count the first one, too.");
            }
        }
    }

    @Test @Fresh @Order(6) @Needs("runsOnce") @DisplayName("other failures are not tried again")
    void otherFailuresEndIt(Clone clone) throws Exception {
        for (var state : List.of("23505", "57014", "40002", "55P03")) {
            var runs = new AtomicInteger();
            Expect.sqlState("Work that fails with " + state, state, () -> within(() -> Retry.inTransaction(source(clone, new AtomicInteger()), 5, connection -> {
                execute(connection, "update accounts set balance = 1");
                if (runs.incrementAndGet() == 1) {
                    execute(connection, "select fail('" + state + "')");
                }
                return null;
            })), "It would be the same next time, or nobody knows. The caller decides.");
            Expect.equal("Runs, when the first fails with " + state, 1, runs.get(), "Which two failures are worth another try?");
        }
        Expect.equal("Balance of a afterwards", 100L, balance(clone, "a"), "It failed, so nothing of it stays.");
    }

    @Test @Fresh @Order(7) @Needs("otherFailuresEndIt") @Hint(2) @DisplayName("nothing stays open or undecided, whatever happened")
    void leavesNothingBehind(Clone clone) throws Exception {
        var open = new AtomicInteger();
        var pooled = source(clone, open);
        var thrown = new IllegalArgumentException("not an SQL failure");
        try {
            within(() -> Retry.inTransaction(pooled, 5, connection -> {
                execute(connection, "update accounts set balance = 1");
                throw thrown;
            }));
            Expect.equal("Work that throws an IllegalArgumentException", thrown, "no error at all", "Who swallowed it?");
        } catch (IllegalArgumentException e) {
            Expect.equal("What the caller sees", thrown, e, "The same exception.");
        }
        var runs = new AtomicInteger();
        within(() -> Retry.inTransaction(pooled, 5, connection -> {
            Expect.equal("Connections borrowed at once, at attempt " + (runs.get() + 1), 1, open.get(), "Give one back before you take the next.");
            if (runs.incrementAndGet() == 1) {
                execute(connection, "select fail('40001')");
            }
            return null;
        }));
        Expect.equal("Connections still open", 0, open.get(), "Who closes what was borrowed?");
        Expect.equal("Transactions that came back neither committed nor rolled back", 0, UNDECIDED.get(clone).get(),
            "Not every pool rolls back for you.");
        Expect.equal("Balance of a afterwards", 100L, balance(clone, "a"), "It failed, so nothing of it stays.");
    }

    private static boolean leave(Clone clone, String name, CyclicBarrier barrier, AtomicInteger runs) throws Exception {
        var first = new AtomicInteger();
        return within(() -> Retry.inTransaction(source(clone, new AtomicInteger()), 5, connection -> {
            runs.incrementAndGet();
            var others = Rows.query(connection, "select name from doctors where on_call and name <> ?", name).values().size();
            if (first.getAndIncrement() == 0) {
                meet(barrier);
            }
            if (others == 0) {
                return false;
            }
            execute(connection, "update doctors set on_call = false where name = '" + name + "'");
            if (first.get() == 1) {
                meet(barrier);
            }
            return true;
        }));
    }

    private static Void move(Clone clone, String from, String to, int amount, CyclicBarrier barrier, AtomicInteger runs) throws Exception {
        var first = new AtomicInteger();
        return within(() -> Retry.inTransaction(source(clone, new AtomicInteger()), 5, connection -> {
            runs.incrementAndGet();
            execute(connection, "update accounts set balance = balance - " + amount + " where name = '" + from + "'");
            if (first.getAndIncrement() == 0) {
                meet(barrier);
            }
            execute(connection, "update accounts set balance = balance + " + amount + " where name = '" + to + "'");
            return null;
        }));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the other transaction did not come: " + e, e);
        }
    }

    private static void both(Callable<?> one, Callable<?> other) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(one);
            var second = threads.submit(other);
            for (var future : List.of(first, second)) {
                try {
                    future.get(STUCK.toSeconds() + 2, TimeUnit.SECONDS);
                } catch (java.util.concurrent.ExecutionException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        }
    }

    private static <T> T within(Callable<T> work) throws Exception {
        return Expect.within("The transaction", STUCK, work);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long balance(Clone clone, String name) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.prepareStatement("select balance from accounts where name = ?")) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static final java.util.Map<Clone, AtomicInteger> UNDECIDED = new java.util.concurrent.ConcurrentHashMap<>();

    /** Counts the connections that are out, and looks at each that comes home. */
    private static DataSource source(Clone clone, AtomicInteger open) {
        var source = new PGSimpleDataSource();
        source.setUrl(clone.app().url());
        source.setUser(clone.app().user());
        source.setPassword(clone.app().password());
        var undecided = UNDECIDED.computeIfAbsent(clone, c -> new AtomicInteger());
        return proxy(DataSource.class, (self, method, arguments) -> {
            var result = invoke(source, method, arguments);
            if (!(result instanceof org.postgresql.core.BaseConnection connection)) {
                return result;
            }
            open.incrementAndGet();
            var closed = new AtomicInteger();
            return proxy(Connection.class, (it, call, values) -> {
                if (call.getName().equals("close") && closed.getAndIncrement() == 0) {
                    open.decrementAndGet();
                    if (connection.getTransactionState() != org.postgresql.core.TransactionState.IDLE) {
                        undecided.incrementAndGet();
                    }
                }
                return invoke(connection, call, values);
            });
        });
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(TryAgainTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object real, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

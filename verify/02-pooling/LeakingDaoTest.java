import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;
import org.postgresql.jdbc.PgResultSet;

/** Judges 02.2 by the pool's own count of lent connections. */
class LeakingDaoTest {
    private static final int SIZE = 3;
    private static final int FAILURES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SESSIONS = "from pg_stat_activity where datname = current_database() and usename = ?";

    @Test @Promises("orders") @DisplayName("The orders of a customer come in order of their id")
    void ordersAreRead(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Expect.equal("Ada's orders", List.of("1 punched cards", "2 a difference engine", "4 coffee"),
                read(pool, "ada", row -> row.getLong("id") + " " + row.getString("item")),
                "The query was right at the start; `reset 02.2` brings it back.");
            Expect.equal("The orders of somebody who has none", List.of(), read(pool, "nobody", row -> row.getLong("id")),
                "No rows are no failure.");
        }
    }

    @Test @Fresh @Needs("ordersAreRead") @Promises("orders") @DisplayName("each as the mapper makes it")
    void eachAsTheMapperMakesIt(Clone clone) throws Exception {
        var random = RandomData.create();
        var ids = new ArrayList<Integer>(Stream.iterate(95, id -> id + 1).limit(12).toList());
        var texts = new ArrayList<>(EdgeData.texts());
        Collections.shuffle(ids, new Random(random.number(0, 1000)));
        Collections.shuffle(texts, new Random(random.number(0, 1000)));
        var customer = random.word(6);
        var items = new String[107];
        for (int id : ids) {
            items[id] = texts.removeLast();
            Sql.query(clone.owner(), "insert into orders (id, customer, item) overriding system value values (?, ?, ?) returning id", id, customer, items[id]);
        }
        try (var pool = new WatchedDataSource(clone.app())) { // this one has no end
            Expect.works("A mapper that says `row.getObject(1, Long.class)`", () -> Expect.equal("The ids of " + customer, ids.stream().sorted().map(Integer::longValue).toList(),
                read(pool.source(), customer, row -> row.getObject(1, Long.class)), "Ten comes after nine."), "It could ask that before. Which row does it get?");
            var made = Arrays.asList(null, "same", "same", null, "same", "same", null, "same", "same", null, "same", "same");
            Expect.equal("What the mapper makes of twelve orders", made, read(pool.source(), customer, row -> row.getLong("id") % 3 == 2 ? null : "same"),
                "Null is an object to some mappers, and so is the same one twice.");
        }
        try (var pool = pool(clone)) {
            Expect.equal("The items of " + customer, Arrays.asList(items).subList(95, 107), read(pool, customer, row -> row.getString(2)),
                "Ten comes after nine.");
            Expect.works("A mapper that asks its row for the statement, the connection and the driver's own row", () -> Expect.equal("What it makes of the orders of " + customer,
                Arrays.asList(items).subList(95, 107).stream().map(item -> customer + ", " + item).toList(), read(pool, customer, LeakingDaoTest::asksForMore),
                "It could ask that before. Which row does it get?"), "It could ask that before. Which row does it get?");
            Sql.execute(clone.owner(), "insert into orders (id, customer, item) overriding system value"
                + " select id, 'the canteen', 'coffee' from generate_series(1001, 13000) id");
            Expect.equal("The number of orders of a good customer", 12000, read(pool, "the canteen", row -> row.getString("item")).size(), "All of them.");
        }
    }

    /** Looks up the customer on the connection of the row. */
    private static String asksForMore(ResultSet row) throws SQLException {
        try (var customer = row.getStatement().getConnection().prepareStatement("select customer from orders where id = ?")) {
            customer.setLong(1, row.unwrap(PgResultSet.class).getLong(1));
            try (var found = customer.executeQuery()) {
                found.next();
                return found.getString(1) + ", " + row.getString(row.getMetaData().getColumnLabel(2));
            }
        }
    }

    @Test @Needs("ordersAreRead") @Hint(1) @Promises("gives-back") @DisplayName("A good read gives its connection back")
    void aGoodReadGivesBack(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            read(pool, "ada", row -> row.getLong("id"));
            Expect.equal("Connections still lent after a good read", 0, lent(pool), "Which line closes it when all goes well?");
            read(pool, "nobody", row -> row.getLong("id"));
            Expect.equal("Connections still lent after a read without a row", 0, lent(pool), "Which line closes it when all goes well?");
        }
    }

    @Test @Needs("ordersAreRead") @Hint(1) @Promises("first-failure") @DisplayName("The mapper's failure reaches the caller as it is")
    void theFailureReachesTheCaller(Clone clone) throws Exception {
        try (var pool = new WatchedDataSource(clone.app())) { // this one has no end
            for (var failure : Faults.ofEveryKind()) {
                Expect.passesOn("What the caller of a failing mapper gets", failure, () -> read(pool.source(), "ada", mapperThrowing(failure)),
                    "A failure that nobody sees is worse than a leak.");
            }
        }
    }

    @Test @Needs("theFailureReachesTheCaller") @Hint(1) @Promises("gives-back") @DisplayName("Fifty failing mappers lose no connection")
    void aThrowingMapperLosesNothing(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (int i = 0; i < FAILURES; i++) {
                var kinds = Faults.ofEveryKind();
                var failure = kinds.get(i % kinds.size());
                thrown(pool, "ada", mapperThrowing(failure));
                Expect.equal("Connections still lent after a mapper threw " + failure, 0, lent(pool), "Follow the connection when mapper.map throws.");
            }
            servesOneMore(pool);
        }
    }

    @Test @Needs("theFailureReachesTheCaller") @Hint(2) @Promises("gives-back") @DisplayName("Fifty refused queries lose no connection")
    void aRefusedQueryLosesNothing(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (int i = 1; i <= FAILURES; i++) {
                // PostgreSQL stores no zero byte in a text and refuses the parameter.
                var refused = thrown(pool, "ada\0", row -> row.getLong("id"));
                Expect.that("A query that PostgreSQL refuses", refused instanceof SQLException, "an SQLException", refused,
                    "The caller must see what PostgreSQL said.");
                Expect.equal("Connections still lent after a query was refused (time " + i + ")", 0, lent(pool),
                    "Follow the connection when executeQuery throws.");
            }
            servesOneMore(pool);
        }
    }

    @Test @Needs("aThrowingMapperLosesNothing") @Hint(2) @Promises("gives-back") @DisplayName("nor does a killed backend, nor a statement that cannot be made, nor a close that fails")
    void theOtherFailuresLoseNothing(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (int i = 0; i <= SIZE; i++) {
                thrown(pool, "ada", row -> {
                    Sql.query(clone.observer(), "select pg_terminate_backend(pid, 5000) " + SESSIONS, clone.app().user());
                    throw new IllegalStateException("after the backend was killed");
                });
                Expect.equal("Connections still lent after the backend was killed and the mapper threw", 0, lent(pool), "A dead connection is lent, too.");
            }
        }
        for (var kind : List.of(ResultSet.class, PreparedStatement.class)) {
            try (var pool = new WatchedDataSource(clone.app())) {
                var source = closingBadly(DataSource.class, pool.source(), kind, new SQLException("the network went away", "08006"));
                for (var mapper : List.<Orders.Mapper<Long>>of(row -> row.getLong("id"), mapperThrowing(new IllegalStateException("a bug")))) {
                    thrown(source, "ada", mapper);
                    Expect.equal("Connections still lent after closing the " + kind.getSimpleName() + " failed", 0, pool.open(),
                        "Closing is a statement, too, and may throw. What comes after it?");
                }
            }
        }
        for (var failure : Faults.ofEveryKind()) {
            try (var pool = new WatchedDataSource(clone.app(), failingAt("prepareStatement", failure))) {
                thrown(pool.source(), "ada", row -> row.getLong("id"));
                Expect.equal("Connections still lent after prepareStatement threw " + failure, 0, pool.open(), "From which line on is the connection yours?");
            }
        }
    }

    @Test @Needs("theFailureReachesTheCaller") @Hint(2) @Promises("first-failure") @DisplayName("Nothing hides the failure that happened")
    void nothingHidesIt(Clone clone) throws Exception {
        var unprepared = new SQLException("cannot be prepared", "53200");
        try (var pool = new WatchedDataSource(clone.app(), failingAt("prepareStatement", unprepared))) {
            Expect.passesOn("What the caller gets, when prepareStatement fails", unprepared, () -> read(pool.source(), "ada", row -> row.getLong("id")),
                "The failure that happened, as it is.");
        }
        var lost = new AtomicBoolean();
        var ofClose = new AtomicReference<Exception>();
        try (var pool = new WatchedDataSource(clone.app(), method -> {
            if (method.equals("close") && lost.get()) {
                throw Faults.sneak(ofClose.get());
            }
        })) {
            for (var closing : List.of(new SQLException("the network went away", "08006"), new IllegalStateException("the pool is closed"))) {
                ofClose.set(closing);
                for (var failure : Faults.ofEveryKind()) {
                    lost.set(false);
                    Expect.passesOn("What the caller gets, when the mapper throws " + failure + " and then close fails with " + closing, failure,
                        () -> read(pool.source(), "ada", row -> {
                            lost.set(true);
                            throw Faults.sneak(failure);
                        }), "What happened first says more. The other failure can be suppressed in it.");
                }
            }
            var refused = thrown(pool.source(), "ada\0", row -> row.getLong("id"));
            Expect.equal("What the caller gets, when PostgreSQL refuses the query and then close fails", "22021",
                refused instanceof SQLException e ? e.getSQLState() : refused, "What happened first says more. The other failure can be suppressed in it.");
        }
        for (var kind : List.of(ResultSet.class, PreparedStatement.class)) {
            for (var closing : List.of(new SQLException("the network went away", "08006"), new IllegalStateException("a bug of the driver"))) {
                try (var pool = new WatchedDataSource(clone.app())) {
                    for (var failure : Faults.ofEveryKind()) {
                        Expect.passesOn("What the caller gets, when the mapper throws " + failure + " and then closing the " + kind.getSimpleName() + " fails with " + closing, failure,
                            () -> read(closingBadly(DataSource.class, pool.source(), kind, closing), "ada", mapperThrowing(failure)),
                            "What happened first says more. The other failure can be suppressed in it.");
                    }
                }
            }
        }
    }

    @Test @Needs("theFailureReachesTheCaller") @Promises("first-failure") @DisplayName("nor is it tried again, where it would not happen twice")
    void isNotTriedAgain(Clone clone) throws Exception {
        var lookAt = "The caller sees the very failure that happened. What to do about it is his business.";
        var next = new AtomicReference<SQLException>();
        var failing = new AtomicReference<String>();
        try (var pool = new WatchedDataSource(clone.app(), called -> {
            if (called.equals(failing.get()) && next.get() != null) {
                throw next.getAndSet(null);
            }
        })) {
            for (var method : List.of("getConnection", "prepareStatement", "")) {
                failing.set(method);
                for (var state : Arrays.asList("08006", "08003", "57P01", "40001", "40P01", "55P03", "53300", "57014", null)) {
                    var failure = new SQLException("once, and not the next time", state);
                    next.set(failure);
                    var rows = new AtomicInteger();
                    Expect.passesOn("What the caller gets, when " + (method.isEmpty() ? "the mapper" : method) + " fails with " + state + " and would not fail again", failure,
                        () -> read(pool.source(), "ada", row -> {
                            if (method.isEmpty() && rows.incrementAndGet() == 2) {
                                throw failure;
                            }
                            return row.getLong("id");
                        }), lookAt);
                }
            }
        }
    }

    @Test @Needs("ordersAreRead") @Hint(2) @Promises("pool-size") @DisplayName("The pool is as large as before, and no connection is opened beside it")
    void thePoolKeepsItsSize(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Task.until(PATIENCE, () -> pool.getHikariPoolMXBean().getTotalConnections() == SIZE); // it opens them on a thread of its own
            var most = new long[1];
            read(pool, "ada", row -> most[0] = Math.max(most[0], Sql.number(clone.observer(), "select count(*) " + SESSIONS, clone.app().user())));
            thrown(pool, "ada", mapperThrowing(new IllegalStateException("a bug")));
            Expect.equal("The pool's maximumPoolSize", SIZE, pool.getMaximumPoolSize(), "A larger pool only leaks for longer.");
            Expect.that("Connections to the database while the orders are read", most[0] <= SIZE, "at most " + SIZE, most[0], "Whose connection is it?");
        }
    }

    private static void servesOneMore(HikariDataSource pool) throws Exception {
        Expect.equal("The orders that the next caller reads", 3, read(pool, "ada", row -> row.getLong("id")).size(),
            "The pool must be able to serve after the failures.");
    }

    private static HikariDataSource pool(Clone clone) {
        var config = new HikariConfig();
        config.setJdbcUrl(clone.app().url());
        config.setUsername(clone.app().user());
        config.setPassword(clone.app().password());
        config.setMaximumPoolSize(SIZE);
        config.setConnectionTimeout(5000);
        return new HikariDataSource(config);
    }

    private static int lent(HikariDataSource pool) {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    private static <T> List<T> read(DataSource pool, String customer, Orders.Mapper<T> mapper) throws Exception {
        return Expect.within("Reading the orders", PATIENCE, () -> new Orders(pool).of(customer, mapper));
    }

    private static Object thrown(DataSource pool, String customer, Orders.Mapper<Long> mapper) {
        try {
            return "no failure, but " + read(pool, customer, mapper);
        } catch (Mismatch e) {
            throw e;
        } catch (Throwable e) {
            return e;
        }
    }

    /** Fails at the second row. */
    private static Orders.Mapper<Long> mapperThrowing(Throwable failure) {
        return row -> {
            if (row.getLong("id") == 1) {
                return 1L;
            }
            throw Faults.sneak(failure);
        };
    }

    /** The same, but what it makes of this kind fails when it is closed, after it has closed. */
    private static <T> T closingBadly(Class<T> type, Object on, Class<?> kind, Exception closing) {
        return type.cast(Proxy.newProxyInstance(LeakingDaoTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                var result = method.invoke(on, arguments);
                if (type == kind && method.getName().equals("close")) {
                    throw closing;
                }
                return switch (result) {
                    case Connection connection when method.getName().equals("getConnection") -> closingBadly(Connection.class, connection, kind, closing);
                    case PreparedStatement statement -> closingBadly(PreparedStatement.class, statement, kind, closing);
                    case ResultSet rows -> closingBadly(ResultSet.class, rows, kind, closing);
                    case null -> null;
                    case Object other -> other;
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static WatchedDataSource.Fault failingAt(String failing, Throwable failure) {
        return method -> {
            if (method.equals(failing)) {
                throw Faults.sneak(failure);
            }
        };
    }
}

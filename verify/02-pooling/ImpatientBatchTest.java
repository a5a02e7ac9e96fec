import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;

/** Judges 02.4 with a second session that holds a row. */
class ImpatientBatchTest {
    /** A bound on hanging, several times what the task allows. */
    private static final Duration STUCK = Duration.ofSeconds(4);
    private static final String AS_PLANNED = "ends well";

    /** What a batch that met a locked row has left behind. It takes its second of waiting, so three checks look at one. */
    private record BadNight(long repriced, Map<String, String> limits) { }

    private static BadNight badNight;

    @Test @Fresh @Promises("new-prices") @DisplayName("Every product gets its new price")
    void pricesChange(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Expect.equal("The batch, with nobody in its way", AS_PLANNED, within("The batch, with nobody in its way", pool), "Nothing is locked.");
            Expect.equal("Products with a new price", 6L, repriced(clone), "Does the work get committed?");
        }
    }

    @Test @Fresh @Needs("pricesChange") @Promises("new-prices") @DisplayName("It is the price that new_price gives, each night")
    void theRulesMayChange(Clone clone) throws Exception {
        var random = RandomData.create();
        var prices = new ArrayList<BigDecimal>();
        Sql.execute(clone.owner(), rules("round(old * 1.07 + 0.5, 2)") + "; truncate products");
        try (var pool = pool(clone)) {
            Expect.equal("The batch, where there are no products", AS_PLANNED, within("The batch, where there are no products", pool), "Nothing is locked.");
            for (int id = 1; id <= 20; id++) {
                prices.add(random.amount(0, 9999));
                Sql.execute(clone.owner(), "insert into products values (" + (id * 7) + ", " + prices.getLast() + ")");
            }
            for (int night = 1; night <= 2; night++) {
                Expect.equal("The batch of night " + night, AS_PLANNED, within("The batch, with nobody in its way", pool), "Nothing is locked.");
                var expected = Rows.unnamed();
                for (int i = 0; i < prices.size(); i++) {
                    prices.set(i, prices.get(i).multiply(new BigDecimal("1.07")).add(new BigDecimal("0.5")).setScale(2, RoundingMode.HALF_UP));
                    expected = expected.row((i + 1) * 7, prices.get(i));
                }
                Expect.table("Products (id, price) after night " + night + ", when the supplier has changed his rules", expected,
                    Sql.query(clone.owner(), "select id, price from products"), "`new_price` knows the rules. Once for each product, each night.");
            }
        }
    }

    @Test @Fresh @Needs("pricesChange") @Hint(1) @Promises("work-has-no-limit") @DisplayName("The work itself may take long")
    void slowWorkIsNoFailure(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Sql.execute(clone.owner(), "update pace set seconds = 0.27");
            Expect.equal("The batch on a slow night, with nobody in its way", AS_PLANNED,
                Expect.within("The batch on a slow night", STUCK.multipliedBy(3), () -> outcome(pool)), "What does your limit count: the wait, or the work?");
        }
    }

    @Test @Fresh @Needs("slowWorkIsNoFailure") @Hint(1) @Promises("work-has-no-limit") @DisplayName("minutes, too, or hours")
    void noLimitForTheWork(Clone clone) throws Exception {
        Sql.execute(clone.owner(), """
            create table seen (name text, value text);
            create or replace function new_price(old numeric) returns numeric language plpgsql security definer as $$
            begin
                insert into seen select name, current_setting(name) from pg_settings where name in ('statement_timeout', 'transaction_timeout') and setting <> '0';
                return old;
            end $$""");
        try (var pool = pool(clone)) {
            var ofTheDriver = new ArrayList<String>();
            within("The batch, with nobody in its way", noting(DataSource.class, pool, ofTheDriver));
            Expect.table("Limits (name, value) that PostgreSQL counts while the prices are made", Rows.unnamed(), Sql.query(clone.owner(), "select distinct name, value from seen"),
                "What does your limit count: the wait, or the work?");
            Expect.equal("Limits that the driver counts", List.of(), ofTheDriver, "What does your limit count: the wait, or the work?");
        }
    }

    @Test @Fresh @Needs("pricesChange") @Hint(1) @Promises({"gives-up", "sees-the-failure"}) @DisplayName("A row that stays locked ends the batch, after about a second")
    void aLockedRowEndsIt(Clone clone) throws Exception {
        try (var pool = pool(clone); var holder = holding(clone, "select from products where id = 3 for update")) {
            var took = lockedOut(pool);
            for (int again = 0; again < 2 && took.toMillis() > 1400 && took.toMillis() < 2000; again++) {
                took = lockedOut(pool); // was it the batch, or was this machine busy?
            }
            Expect.that("How long the batch waits for a row that stays locked", took.toMillis() >= 900 && took.toMillis() <= 1400, "about a second", took.toMillis() + " ms",
                "The task says how patient it is.");
            var repriced = repriced(clone);
            holder.rollback();
            badNight = new BadNight(repriced, limits(pool));
        }
    }

    private static Duration lockedOut(HikariDataSource pool) throws Exception {
        var start = System.nanoTime();
        var outcome = Expect.within("The batch, when a row stays locked", STUCK, () -> outcome(pool),
            "PostgreSQL waits for a lock for as long as it takes, unless you tell it not to.");
        var took = Duration.ofNanos(System.nanoTime() - start);
        Expect.equal("The batch, when a row stays locked", "fails with 55P03", outcome, "The caller must see what PostgreSQL said about the lock.");
        return took;
    }

    @Test @Needs("aLockedRowEndsIt") @Hint(2) @Promises("all-or-nothing") @DisplayName("After that no price has changed")
    void nothingIsHalfDone() {
        Expect.equal("Products with a new price after the failure", 0L, badNight.repriced(), "All, or nothing: what makes it one unit?");
    }

    @Test @Fresh @Needs("aLockedRowEndsIt") @Hint(1) @Promises("goes-on") @DisplayName("A short lock is waited for")
    void aShortLockIsWaitedFor(Clone clone) throws Exception {
        for (var night : List.of(Map.entry("select from products where id = 3 for update", 660L), Map.entry("update products set price = 200 where id = 6", 770L))) {
            var lock = night.getKey();
            Sql.execute(clone.owner(), "update products set price = 100");
            try (var pool = pool(clone); var holder = holding(clone, lock)) {
                var batch = Task.start(() -> outcome(pool));
                untilItWaits(clone, batch);
                Expect.that("The batch, while somebody holds a row for much less than a second", !batch.isDone(), "it waits", batch.isDone() ? outcome(batch) : "",
                    "Only a lock that stays is a reason to fail.");
                holder.commit();
                Expect.equal("The batch, when the lock has gone away in much less than a second", AS_PLANNED, outcome(batch), "Only a lock that stays is a reason to fail.");
                Expect.equal("Sum of the new prices, where somebody had said `" + lock + "`", night.getValue(), Sql.number(clone.owner(), "select sum(price) from products"),
                    "The row that was locked is a product like the others. It has its new price from what was committed.");
            }
        }
    }

    @Test @Fresh @Needs("aLockedRowEndsIt") @Promises("new-prices") @DisplayName("Who adds a product is not in its way")
    void othersMayAddProducts(Clone clone) throws Exception {
        try (var pool = pool(clone); var other = holding(clone, "insert into products values (7, 100); delete from products where id = 0")) {
            Expect.equal("The batch, while another transaction adds a product", AS_PLANNED, within("The batch, while another transaction adds a product", pool),
                "None of the batch's rows is locked. What else does it wait for?");
            other.rollback();
            Expect.equal("Products with a new price", 6L, repriced(clone), "Does the work get committed?");
        }
    }

    @Test @Fresh @Needs("othersMayAddProducts") @Hint(1) @Promises("gives-up") @DisplayName("A product that came meanwhile and stays locked does not hold it up for ever")
    void aNewRowIsLocked(Clone clone) throws Exception {
        try (var pool = pool(clone); var holder = holding(clone, "select from products where id = 3 for update")) {
            var batch = Task.start(() -> outcome(pool));
            untilItWaits(clone, batch);
            Sql.execute(clone.app(), "insert into products values (7, 100)");
            try (var other = holding(clone, "select from products where id = 7 for update")) {
                holder.commit();
                var outcome = outcome(batch);
                Expect.that("The batch, when its lock has gone away, and a product that was added meanwhile stays locked", List.of(AS_PLANNED, "fails with 55P03").contains(outcome),
                    AS_PLANNED + ", or fails with 55P03", outcome, "Which of its statements may wait for a row, and for how long?");
                other.rollback();
            }
        }
    }

    @Test @Fresh @Needs("aLockedRowEndsIt") @Hint(2) @Promises("next-borrower") @DisplayName("The next borrower has no limit left over")
    void noLimitStaysBehind(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            within("The batch, with nobody in its way", pool);
            noLimits(limits(pool), "after a good night");
        }
        noLimits(badNight.limits(), "after a bad night");
    }

    @Test @Fresh @Needs("aLockedRowEndsIt") @Hint(2) @Promises({"all-or-nothing", "sees-the-failure", "next-borrower"}) @DisplayName("Any other failure ends it, too, and is seen")
    void otherFailures(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "update products set price = 100 + id");
        try (var pool = pool(clone)) {
            Sql.execute(clone.owner(), rules("old / (old - 105)"));
            Expect.equal("The batch, when new_price divides by zero for one product", "fails with 22012", within("The batch", pool), "The caller must see what PostgreSQL said.");
            unchanged(clone, "new_price divided by zero");
            noLimits(limits(pool), "after a division by zero");
            Sql.execute(clone.owner(), rules("old * 100000000"));
            Expect.equal("The batch, when a price is too large for its column", "fails with 22003", within("The batch", pool), "The caller must see what PostgreSQL said.");
            unchanged(clone, "a price was too large");
            Sql.execute(clone.owner(), rules("old + 1") + """
                ; create function refuse() returns trigger language plpgsql as $$ begin raise check_violation; end $$;
                create constraint trigger late after update on products deferrable initially deferred for each row execute function refuse()""");
            Expect.equal("The batch, when a constraint is checked at the commit", "fails with 23514", within("The batch", pool), "The caller must see what PostgreSQL said.");
            unchanged(clone, "a commit was refused");
            noLimits(limits(pool), "after a commit that was refused");
        }
    }

    @Test @Fresh @Needs("otherFailures") @Hint(2) @Promises({"all-or-nothing", "sees-the-failure"}) @DisplayName("also where the connection is lost, or rolling back fails")
    void cleaningUpHidesNothing(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "update products set price = 100 + id; update pace set seconds = 5");
        try (var pool = pool(clone); var observer = Sql.connect(clone.observer())) {
            var batch = Task.start(() -> outcome(pool));
            Task.until(STUCK, () -> batch.isDone() || !Rows.query(observer, "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                + " where datname = current_database() and wait_event = 'PgSleep'").values().isEmpty());
            Expect.equal("The batch, when an administrator ends its session", "fails with 57P01", outcome(batch), "What happened first says more than what came after it.");
            unchanged(clone, "an administrator ended the session");
        }
        Sql.execute(clone.owner(), rules("old / (old - 105)"));
        for (var method : List.of("rollback", "close")) {
            try (var pool = new WatchedDataSource(clone.app(), called -> {
                if (called.equals(method)) {
                    throw new SQLException("the network went away", "08006");
                }
            })) {
                Expect.equal("The batch, when new_price divides by zero and then " + method + " fails", "fails with 22012", within("The batch", pool.source()),
                    "What happened first says more than what came after it.");
            }
        }
    }

    @Test @Fresh @Needs("cleaningUpHidesNothing") @Hint(2) @Promises("all-or-nothing") @DisplayName("whatever it is that fails, up to the commit itself")
    void theCommitFails(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "update products set price = 100 + id");
        for (var failure : List.of(new SQLException("the driver refuses", "55000"), new IllegalStateException("a bug of the pool"), new StackOverflowError())) {
            var thrown = new AtomicBoolean();
            try (var pool = new WatchedDataSource(clone.app(), called -> {
                if (called.equals("commit")) {
                    thrown.set(true);
                    throw Faults.sneak(failure);
                }
            })) {
                try {
                    within("The batch", pool.source());
                } catch (Throwable e) {
                    // that it fails is seen elsewhere
                }
            }
            if (thrown.get()) { // who commits in another way has not failed
                unchanged(clone, "a commit that failed before it came to the server, with " + failure.getClass().getSimpleName());
            }
        }
    }

    private static void unchanged(Clone clone, String when) throws SQLException {
        Expect.equal("Products with another price after " + when, 0L, Sql.number(clone.owner(), "select count(*) from products where price <> 100 + id"),
            "All, or nothing: what makes it one unit?");
    }

    private static String rules(String price) {
        return "create or replace function new_price(old numeric) returns numeric language plpgsql volatile as $$ begin return " + price + "; end $$";
    }

    private static String within(String what, DataSource pool) throws Exception {
        return Expect.within(what, STUCK, () -> outcome(pool));
    }

    private static String outcome(DataSource pool) {
        try {
            PriceUpdate.run(pool);
            return AS_PLANNED;
        } catch (SQLException e) {
            return "fails with " + (e.getSQLState() == null ? e : e.getSQLState());
        }
    }

    private static String outcome(Task<String> batch) throws InterruptedException {
        return batch.outcome(STUCK).toString();
    }

    private static void untilItWaits(Clone clone, Task<String> batch) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            var end = System.nanoTime() + Duration.ofMillis(300).toNanos(); // some wait by asking again and again
            Task.until(STUCK, () -> batch.isDone() || System.nanoTime() > end || isWaiting(observer));
        }
    }

    private static boolean isWaiting(Connection observer) throws SQLException {
        return !Rows.query(observer, "select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0").values().isEmpty();
    }

    private static void noLimits(Map<String, String> limits, String when) {
        limits.forEach((limit, value) -> Expect.equal(limit + " of the next borrower, " + when, "0", value,
            "What lives in the session stays in the pool."));
    }

    /** What the next borrower finds. Of a connection that is still out he finds nothing, and need not wait for it. */
    private static Map<String, String> limits(HikariDataSource pool) throws SQLException {
        var limits = new LinkedHashMap<String, String>();
        if (pool.getHikariPoolMXBean().getActiveConnections() > 0) {
            limits.put("lock_timeout", "not known: the batch has kept the only connection");
            return limits;
        }
        try (var connection = pool.getConnection()) {
            for (var row : Rows.query(connection, """
                    select name, current_setting(name) from pg_settings where name in ('lock_timeout', 'statement_timeout', 'transaction_timeout',
                      'idle_in_transaction_session_timeout', 'idle_session_timeout')""").values()) {
                limits.put(row.getFirst().toString(), row.getLast().toString());
            }
            limits.put("network timeout", String.valueOf(connection.getNetworkTimeout()));
        }
        return limits;
    }

    /** A session with an open transaction that has done this. */
    private static Connection holding(Clone clone, String lock) throws SQLException {
        var holder = Sql.connect(clone.app());
        holder.setAutoCommit(false);
        Sql.execute(holder, lock);
        return holder;
    }

    private static long repriced(Clone clone) throws SQLException {
        return Sql.number(clone.owner(), "select count(*) from products where price = 110");
    }

    /** The same, with a note of each limit that somebody asks the driver for. */
    private static <T> T noting(Class<T> type, Object on, List<String> limits) {
        return type.cast(Proxy.newProxyInstance(ImpatientBatchTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (List.of("setQueryTimeout", "setNetworkTimeout").contains(method.getName()) && !arguments[arguments.length - 1].equals(0)) {
                limits.add(method.getName() + "(" + arguments[arguments.length - 1] + ")");
            }
            try {
                return switch (method.invoke(on, arguments)) {
                    case Connection connection when method.getName().equals("getConnection") -> noting(Connection.class, connection, limits);
                    case CallableStatement statement -> noting(CallableStatement.class, statement, limits);
                    case PreparedStatement statement -> noting(PreparedStatement.class, statement, limits);
                    case Statement statement -> noting(Statement.class, statement, limits);
                    case null -> null;
                    case Object result -> result;
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static HikariDataSource pool(Clone clone) {
        var config = new HikariConfig();
        config.setJdbcUrl(clone.app().url());
        config.setUsername(clone.app().user());
        config.setPassword(clone.app().password());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(5000);
        return new HikariDataSource(config);
    }
}

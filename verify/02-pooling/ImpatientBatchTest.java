import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.Clone;
import grading.Expect;
import grading.Fresh;
import grading.Hint;
import grading.Needs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Judges 02.4 with a second session that holds a row. */
@TestMethodOrder(OrderAnnotation.class)
class ImpatientBatchTest {
    /** A bound on hanging, several times what the task allows. */
    private static final Duration STUCK = Duration.ofSeconds(4);

    /** What a batch that met a locked row has left behind. It takes its second of waiting, so three checks look at one. */
    private record BadNight(int repriced, Map<String, String> limits) { }

    private static BadNight badNight;

    @Test @Fresh @Order(1) @DisplayName("Every product gets its new price")
    void pricesChange(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Expect.within("The batch, with nobody in its way", STUCK, () -> batch(pool));
            Expect.equal("Products with a new price", 6, repriced(clone), "Does the work get committed?");
        }
    }

    @Test @Fresh @Order(2) @Needs("pricesChange") @Hint(1) @DisplayName("The work itself may take long")
    void slowWorkIsNoFailure(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            execute(clone, "update pace set seconds = 0.3");
            Expect.equal("The batch on a slow night, with nobody in its way", "ends well",
                Expect.within("The batch on a slow night", STUCK.multipliedBy(3), () -> outcome(() -> batch(pool))),
                "What does your limit count: the wait, or the work?");
        }
    }

    @Test @Fresh @Order(3) @Needs("pricesChange") @Hint(1) @DisplayName("A row that stays locked ends the batch")
    void aLockedRowEndsIt(Clone clone) throws Exception {
        try (var pool = pool(clone); var holder = lockRowThree(clone)) {
            var outcome = Expect.within("The batch, when a row stays locked", STUCK, () -> outcome(() -> batch(pool)),
                "PostgreSQL waits for a lock for as long as it takes, unless you tell it not to.");
            Expect.equal("The batch, when a row stays locked", "fails with 55P03", outcome,
                "The caller must see what PostgreSQL said about the lock.");
            var repriced = repriced(clone);
            holder.rollback();
            badNight = new BadNight(repriced, limits(pool));
        }
    }

    @Test @Order(4) @Needs("aLockedRowEndsIt") @Hint(2) @DisplayName("After the failure no price has changed")
    void nothingIsHalfDone() {
        Expect.equal("Products with a new price after the failure", 0, badNight.repriced(), "All, or nothing: what makes it one unit?");
    }

    @Test @Fresh @Order(5) @Needs("aLockedRowEndsIt") @Hint(1) @DisplayName("A short lock is waited for")
    void aShortLockIsWaitedFor(Clone clone) throws Exception {
        try (var pool = pool(clone); var holder = lockRowThree(clone)) {
            var batch = new FutureTask<>(() -> outcome(() -> batch(pool)));
            Thread.ofVirtual().start(batch);
            Expect.equal("The batch, while somebody holds a row", "waits", waitsOrEnds(clone, batch),
                "A lock that is gone in a moment is no reason to fail.");
            holder.rollback();
            Expect.equal("The batch, after the lock is gone", "ends well", batch.get(STUCK.toSeconds(), TimeUnit.SECONDS),
                "Somebody held the row for much less than a second.");
        }
    }

    @Test @Fresh @Order(6) @Needs("aLockedRowEndsIt") @Hint(2) @DisplayName("The next borrower has no limit left over")
    void noLimitStaysBehind(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Expect.within("The batch, with nobody in its way", STUCK, () -> batch(pool));
            noLimits(limits(pool), "after a good night");
        }
        noLimits(badNight.limits(), "after a bad night");
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Void batch(HikariDataSource pool) throws SQLException {
        PriceUpdate.run(pool);
        return null;
    }

    private static String outcome(Work work) throws Exception {
        try {
            work.run();
            return "ends well";
        } catch (SQLException e) {
            return "fails with " + e.getSQLState();
        }
    }

    private static String waitsOrEnds(Clone clone, FutureTask<String> batch) throws Exception {
        var end = System.nanoTime() + STUCK.toNanos();
        try (var observer = clone.observer().connect();
             var waiting = observer.prepareStatement("select count(*) from pg_stat_activity"
                 + " where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0")) {
            while (System.nanoTime() < end && !batch.isDone()) {
                try (var count = waiting.executeQuery()) {
                    count.next();
                    if (count.getInt(1) > 0) {
                        return "waits";
                    }
                }
            }
        }
        return batch.isDone() ? result(batch) : "does nothing that PostgreSQL knows of";
    }

    private static String result(FutureTask<String> batch) throws Exception {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            return e.getCause().toString();
        }
    }

    private static void noLimits(Map<String, String> limits, String when) {
        limits.forEach((limit, value) -> Expect.equal(limit + " of the next borrower, " + when, "0", value,
            "What lives in the session stays in the pool."));
    }

    /** What the next borrower finds. Of a connection that is still out he finds nothing, and need not wait for it. */
    private static Map<String, String> limits(HikariDataSource pool) throws SQLException {
        var limits = new LinkedHashMap<String, String>();
        for (var limit : List.of("lock_timeout", "statement_timeout")) {
            limits.put(limit, isOut(pool) ? "not known: the batch has kept the only connection" : shown(pool, limit));
        }
        return limits;
    }

    private static boolean isOut(HikariDataSource pool) {
        return pool.getHikariPoolMXBean().getActiveConnections() > 0;
    }

    private static String shown(HikariDataSource pool, String limit) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement();
             var shown = statement.executeQuery("show " + limit)) {
            shown.next();
            return shown.getString(1);
        }
    }

    private static Connection lockRowThree(Clone clone) throws SQLException {
        var holder = clone.app().connect();
        holder.setAutoCommit(false);
        holder.createStatement().execute("select 1 from products where id = 3 for update");
        return holder;
    }

    private static int repriced(Clone clone) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.createStatement();
             var count = statement.executeQuery("select count(*) from products where price = 110")) {
            count.next();
            return count.getInt(1);
        }
    }

    private static void execute(Clone clone, String sql) throws SQLException {
        try (var connection = clone.owner().connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
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

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.Clone;
import grading.Expect;
import grading.Hint;
import grading.Needs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Judges 02.2 by the pool's own count of lent connections. */
@TestMethodOrder(OrderAnnotation.class)
class LeakingDaoTest {
    private static final int SIZE = 3;
    private static final int FAILURES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test @Order(1) @DisplayName("The orders of a customer come in order of their id")
    void ordersAreRead(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Expect.equal("Ada's orders", List.of("1 punched cards", "2 a difference engine", "4 coffee"),
                read(pool, "ada", row -> row.getLong("id") + " " + row.getString("item")),
                "The query was right at the start; `reset 02.2` brings it back.");
            Expect.equal("The orders of somebody who has none", List.of(), read(pool, "nobody", row -> row.getLong("id")),
                "No rows are no failure.");
        }
    }

    @Test @Order(2) @Needs("ordersAreRead") @Hint(1) @DisplayName("A good read gives its connection back")
    void aGoodReadGivesBack(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            read(pool, "ada", row -> row.getLong("id"));
            Expect.equal("Connections still lent after a good read", 0, lent(pool), "Which line closes it when all goes well?");
        }
    }

    @Test @Order(3) @Needs("ordersAreRead") @Hint(1) @DisplayName("The mapper's failure reaches the caller as it is")
    void theFailureReachesTheCaller(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (var failure : List.of(new IllegalStateException("a bad row"), new SQLException("a bad column"))) {
                Expect.equal("What the caller of a failing mapper gets", failure, thrown(pool, "ada", mapperThrowing(failure)),
                    "A failure that nobody sees is worse than a leak.");
            }
        }
    }

    @Test @Order(4) @Needs("theFailureReachesTheCaller") @Hint(1) @DisplayName("Fifty failing mappers lose no connection")
    void aThrowingMapperLosesNothing(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            for (int i = 1; i <= FAILURES; i++) {
                var failure = i % 2 == 0 ? new SQLException("a bad column") : new IllegalStateException("a bad row");
                thrown(pool, "ada", mapperThrowing(failure));
                Expect.equal("Connections still lent after a mapper failed (time " + i + ")", 0, lent(pool),
                    "Follow the connection when mapper.map throws.");
            }
            servesOneMore(pool);
        }
    }

    @Test @Order(5) @Needs("theFailureReachesTheCaller") @Hint(2) @DisplayName("Fifty refused queries lose no connection")
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

    @Test @Order(6) @Needs("aThrowingMapperLosesNothing") @Hint(2) @DisplayName("The pool is as large as before")
    void thePoolKeepsItsSize(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            read(pool, "ada", row -> row.getLong("id"));
            Expect.equal("The pool's maximumPoolSize", SIZE, pool.getMaximumPoolSize(), "A larger pool only leaks for longer.");
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

    private static <T> List<T> read(HikariDataSource pool, String customer, Orders.Mapper<T> mapper) throws Exception {
        return Expect.within("Reading the orders", PATIENCE, () -> new Orders(pool).of(customer, mapper));
    }

    private static Object thrown(HikariDataSource pool, String customer, Orders.Mapper<Long> mapper) {
        try {
            return "no failure, but " + read(pool, customer, mapper);
        } catch (Exception e) {
            return e;
        }
    }

    private static Orders.Mapper<Long> mapperThrowing(Exception failure) {
        return (ResultSet row) -> {
            if (failure instanceof SQLException sql) {
                throw sql;
            }
            throw (RuntimeException) failure;
        };
    }
}

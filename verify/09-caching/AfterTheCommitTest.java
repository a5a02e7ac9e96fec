import grading.*;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;
import redis.clients.jedis.RedisClient;

/** Looks into Redis and through a second program's eyes, before and after the end of a transaction. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AfterTheCommitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Addresses.Work NOTHING = connection -> { };

    @Test @Order(1) @DisplayName("an address is asked of the database once")
    void remembers(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            for (int i = 0; i < 3; i++) {
                Expect.equal("email(1)", Optional.of("user1@example.com"), scene.email(1), "It is in app.users.");
            }
            Expect.equal("Connections lent for three calls", 1, scene.pool.lent, "The second call finds it in Redis.");
            Expect.equal("email(2)", Optional.of("user2@example.com"), scene.email(2), "Each user has an own key.");
            Expect.equal("email(1), by another program", Optional.of("user1@example.com"), scene.other.email(1), "It is in Redis.");
            Expect.equal("Connections lent by the other program", 0, scene.otherPool.lent, "What is in Redis is there for all.");
        }
    }

    @Test @Order(2) @Needs("remembers") @Hint(2) @DisplayName("every entry ends, and holds no secret")
    void entriesEnd(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            scene.email(1);
            var keys = scene.cache.keys("*");
            Expect.that("Keys in Redis after email(1)", !keys.isEmpty(), "one", keys, "The second call should find something there.");
            for (var key : keys) {
                var seconds = scene.cache.ttl(key);
                Expect.that("Seconds until " + key + " ends", seconds > 0 && seconds <= 3600, "from 1 to 3600", seconds, "An entry without an end is wrong for ever, one day.");
            }
            Expect.equal("Whether Redis has the hash of the password", false, scene.contents().contains("secret-hash"), "What does the reader need?");
        }
    }

    @Test @Order(3) @Needs("remembers") @Hint(2) @DisplayName("who is not there is not remembered")
    void nobody(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            Expect.equal("email(777)", Optional.empty(), scene.email(777), "There is no user 777.");
            scene.execute("insert into app.users values (777, 'late@example.com', 'secret-hash-777')");
            Expect.equal("email(777), when there is one", Optional.of("late@example.com"), scene.email(777), "Somebody asked too early.");
        }
    }

    @Test @Order(4) @Needs("remembers") @Hint(1) @DisplayName("after a change, everybody reads the new address")
    void changes(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            scene.email(3);
            scene.email(4);
            scene.change(3, "new3@example.com", connection -> run(connection, "update app.users set email = 'with3@example.com' where id = 5"));
            scene.reads("after a change", 3, "new3@example.com", "Who tells Redis?");
            scene.reads("who was changed by the rest of the work", 5, "with3@example.com", "The rest belongs to the transaction.");
            scene.pool.lent = 0;
            scene.reads("who was not changed", 4, "user4@example.com", "Only user 3 has a new address.");
            Expect.equal("Connections lent for that", 0, scene.pool.lent, "Only what was changed is forgotten.");
            Expect.equal("Changed users in the database", "1", scene.value("select count(*) from app.users where email = 'new3@example.com'"), "One user has a new address.");
        }
    }

    @Test @Order(5) @Needs("changes") @Hint(1) @DisplayName("also if somebody read the old one in the middle of it")
    void readInBetween(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            for (int before = 0; before < 2; before++) {
                scene.cache.flushAll();
                if (before == 1) {
                    scene.email(6);
                }
                var address = "in-between" + before + "@example.com";
                var was = scene.value("select email from app.users where id = 6");
                scene.change(6, address, connection -> {
                    Expect.equal("What another program reads before the commit", Optional.of(was), call(() -> scene.other.email(6)), "Nothing is committed yet.");
                    Expect.equal("Whether the new address is in Redis before the commit", false, scene.contents().contains(address), "It may never come to be.");
                });
                scene.reads("after a change, with a reader in the middle of it", 6, address, "The reader has put the old address into Redis. Who takes it out, and when?");
            }
        }
    }

    @Test @Order(6) @Needs("changes") @Hint(2) @DisplayName("nothing is left of a change that fails")
    void failing(Clone clone, RedisClone redis) throws Exception {
        for (var failure : new Exception[] {new SQLException("the rest fails", "P0001"), new IllegalStateException("the rest fails")}) {
            try (var scene = new Scene(clone, redis)) {
                scene.email(7);
                Exception thrown = null;
                try {
                    scene.change(7, "never@example.com", connection -> {
                        scene.other.email(7);
                        if (failure instanceof SQLException sql) {
                            throw sql;
                        }
                        throw (RuntimeException) failure;
                    });
                } catch (Exception e) {
                    thrown = e;
                }
                Expect.equal("What the caller gets when the rest throws", failure, thrown, "The exception of the work, as it is.");
                Expect.equal("The address in the database", "user7@example.com", scene.value("select email from app.users where id = 7"), "One transaction, all or nothing.");
                scene.reads("after a change that failed", 7, "user7@example.com", "The change never happened.");
                scene.pool.asItWas("after a change that failed");
            }
        }
    }

    @Test @Order(7) @Needs("changes") @Hint(2) @DisplayName("connections come back as they were")
    void givenBack(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            scene.email(8);
            scene.pool.asItWas("after a read");
            scene.change(8, "new8@example.com", NOTHING);
            scene.pool.asItWas("after a change");
            try {
                scene.change(8, "user1@example.com", NOTHING);
                Expect.equal("A change to an address that is taken", "23505", "no error at all", "The error of PostgreSQL is the caller's.");
            } catch (SQLException e) {
                Expect.equal("A change to an address that is taken", "23505", e.getSQLState(), "The error of PostgreSQL is the caller's.");
            }
            scene.pool.asItWas("after a change that PostgreSQL refused");
            scene.reads("after a change that PostgreSQL refused", 8, "new8@example.com", "It stays as it was.");
        }
    }

    /** Two programs before one Redis, which is empty, and one database. */
    private static final class Scene implements AutoCloseable {
        private final OneConnection pool;
        private final OneConnection otherPool;
        private final RedisClient cache;
        private final Addresses addresses;
        private final Addresses other;
        private final Connection observer;

        Scene(Clone clone, RedisClone redis) throws SQLException {
            pool = new OneConnection(clone.app().connect());
            otherPool = new OneConnection(clone.app().connect());
            observer = clone.app().connect();
            cache = RedisClient.create(redis.uri());
            cache.flushAll();
            addresses = new Addresses(pool, cache);
            other = new Addresses(otherPool, cache);
            execute("update app.users set email = 'user' || id || '@example.com' where id between 1 and 50 and email <> 'user' || id || '@example.com'");
        }

        Optional<String> email(long id) throws Exception {
            return Expect.within("email(" + id + ")", PATIENCE, () -> addresses.email(id));
        }

        void change(long id, String email, Addresses.Work rest) throws Exception {
            Expect.within("change", PATIENCE, () -> {
                addresses.change(id, email, rest);
                return null;
            });
        }

        void reads(String when, long id, String expected, String lookAt) throws Exception {
            Expect.equal("email(" + id + ") " + when + ", by another program", Optional.of(expected), other.email(id), lookAt);
            Expect.equal("email(" + id + ") " + when, Optional.of(expected), email(id), lookAt);
        }

        /** Everything in Redis, keys and values. */
        String contents() {
            var all = new StringBuilder();
            for (var key : new TreeSet<>(cache.keys("*"))) {
                all.append(key).append(' ').append(switch (cache.type(key)) {
                    case "hash" -> cache.hgetAll(key).toString();
                    case "list" -> cache.lrange(key, 0, -1).toString();
                    case "set" -> cache.smembers(key).toString();
                    case "zset" -> cache.zrange(key, 0, -1).toString();
                    default -> cache.get(key);
                }).append('\n');
            }
            return all.toString();
        }

        void execute(String sql) throws SQLException {
            run(observer, sql);
        }

        String value(String sql) throws SQLException {
            return String.valueOf(Rows.query(observer, sql).values().getFirst().getFirst());
        }

        @Override public void close() throws SQLException {
            cache.close();
            pool.connection.close();
            otherPool.connection.close();
            observer.close();
        }
    }

    private static <T> T call(Callable<T> work) throws SQLException {
        try {
            return work.call();
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A pool of one connection that resets nothing when it comes back. */
    private static final class OneConnection implements DataSource {
        private final Connection connection;
        private int lent;
        private int back;

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        @Override public Connection getConnection() {
            lent++;
            return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                    back++;
                    return null;
                }
                try {
                    return method.invoke(connection, arguments);
                } catch (java.lang.reflect.InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }

        void asItWas(String when) throws SQLException {
            Expect.equal("Connections still lent " + when, 0, lent - back, "Every connection is given back.");
            Expect.equal("Auto-commit of the connection " + when, true, connection.getAutoCommit(), "The next one who borrows it believes that it is on.");
            Expect.equal("The state of its transaction " + when, "IDLE",
                connection.unwrap(org.postgresql.core.BaseConnection.class).getTransactionState().toString(), "Nothing may be left open.");
        }

        @Override public Connection getConnection(String user, String password) {
            return getConnection();
        }

        @Override public PrintWriter getLogWriter() {
            return null;
        }

        @Override public void setLogWriter(PrintWriter out) { }

        @Override public void setLoginTimeout(int seconds) { }

        @Override public int getLoginTimeout() {
            return 0;
        }

        @Override public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("nothing to unwrap");
        }

        @Override public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}

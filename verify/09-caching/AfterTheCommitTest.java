import grading.*;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import lab.Login;
import org.junit.jupiter.api.*;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Looks into Redis and through a second program's eyes, before and after the end of a transaction. */
class AfterTheCommitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Addresses.Work NOTHING = connection -> { };
    private static final List<String> ADDRESSES = List.of("", " ", "UPPER@Example.COM", "ÄRGER@straße.de", "\"a b\"@example.com", "a|b@example.com", "null", "x".repeat(3000));

    @Test @Promises("asks-once") @DisplayName("an address is asked of the database once")
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

    @Test @Needs("remembers") @Promises("asks-once") @DisplayName("as it stands in the database, whatever it is")
    void anyAddress(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            for (var address : ADDRESSES) {
                scene.set(11, address);
                scene.cache.flushAll();
                var before = scene.pool.lent;
                for (int times = 1; times <= 2; times++) {
                    Expect.equal("email(11), asked for the " + (times == 1 ? "first" : "second") + " time", Optional.of(address), scene.email(11), "It stands so in app.users.");
                }
                Expect.equal("Connections lent for the two", 1, scene.pool.lent - before, "The second call finds it in Redis.");
            }
        }
    }

    @Test @Needs("remembers") @Hint(2) @Promises({"entries-end", "only-addresses"}) @DisplayName("every entry ends, and holds no secret")
    void entriesEnd(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            scene.email(1);
            var keys = scene.cache.keys("*");
            Expect.that("Keys in Redis after email(1)", !keys.isEmpty(), "one", keys, "The second call should find something there.");
            for (var key : keys) {
                var seconds = scene.cache.ttl(key);
                Expect.that("Seconds until " + key + " ends", seconds > 0 && seconds <= 3600, "from 1 to 3600", seconds, "An entry without an end is wrong for ever, one day.");
                scene.cache.expire(key, 100);
            }
            scene.email(1);
            for (var key : scene.cache.keys("*")) {
                var seconds = scene.cache.ttl(key);
                Expect.that("Seconds until " + key + " ends, which had 100 left when it was read", seconds > 0 && seconds <= 100, "from 1 to 100", seconds,
                    "An address that is read all day long must end as well.");
            }
            scene.change(1, "changed1@example.com", NOTHING);
            scene.email(1);
            Expect.equal("Whether Redis has the hash of the password", false, scene.contents().contains("secret-hash"), "What does the reader need?");
            for (var key : scene.cache.keys("*")) {
                var seconds = scene.cache.ttl(key);
                Expect.that("Seconds until " + key + " ends, after a change", seconds > 0 && seconds <= 3600, "from 1 to 3600", seconds, "An entry without an end is wrong for ever, one day.");
            }
        }
    }

    @Test @Needs("entriesEnd") @Hint(2) @Promises("entries-end") @DisplayName("every entry ends, wherever the connection to Redis has broken")
    void brokenWire(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            for (int messages = 1; messages <= 3; messages++) {
                for (var method : List.of("email", "change")) {
                    int id = 30 + messages;
                    try (var wire = new Wire(redis); var cache = wire.client()) {
                        cache.ping();
                        wire.left.set(messages);
                        var addresses = new Addresses(scene.pool, cache);
                        Task.start(() -> {
                            if (method.equals("change")) {
                                addresses.change(id, "cut" + id + "@example.com", NOTHING);
                            }
                            return addresses.email(id);
                        }).outcome(PATIENCE); // an address, or the failure of Redis
                    }
                    for (var key : scene.cache.keys("*")) {
                        var seconds = scene.cache.ttl(key);
                        Expect.that("Seconds until " + key + " ends, when the connection to Redis broke " + messages + " messages after " + method + " was called",
                            seconds <= 3600 && seconds != -1, "3600 at most", seconds == -1 ? "it never ends" : seconds, "What comes after the entry may never come.");
                    }
                    scene.cache.flushAll();
                }
            }
        }
    }

    @Test @Needs("remembers") @Hint(2) @Promises("nobody") @DisplayName("who is not there is not remembered")
    void nobody(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            for (int i = 0; i < 2; i++) {
                Expect.equal("email(777)", Optional.empty(), scene.email(777), "There is no user 777.");
            }
            scene.execute("insert into app.users values (777, 'late@example.com', 'secret-hash-777')");
            Expect.equal("email(777) when there is one, by the program that has asked before", Optional.of("late@example.com"), scene.email(777), "Somebody asked too early.");
            scene.reads("when there is one", 777, "late@example.com", "Somebody asked too early.");
            scene.execute("delete from app.users where id = 777");
        }
    }

    @Test @Needs("remembers") @Hint(1) @Promises({"new-address", "one-transaction"}) @DisplayName("after a change, everybody reads the new address")
    void changes(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            scene.email(3);
            scene.email(4);
            scene.change(3, "new3@example.com", connection -> Sql.execute(connection, "update app.users set email = 'with3@example.com' where id = 5"));
            scene.reads("after a change", 3, "new3@example.com", "Who tells Redis?");
            scene.reads("who was changed by the rest of the work", 5, "with3@example.com", "The rest belongs to the transaction.");
            scene.pool.lent = 0;
            scene.reads("who was not changed", 4, "user4@example.com", "Only user 3 has a new address.");
            Expect.equal("Connections lent for that", 0, scene.pool.lent, "Only what was changed is forgotten.");
            scene.other.change(4, "elsewhere4@example.com", NOTHING);
            Expect.equal("email(4), after another program has changed it", Optional.of("elsewhere4@example.com"), scene.email(4), "Redis is there for all. What else remembers?");
            Expect.equal("Changed users in the database", "1", scene.value("select count(*) from app.users where email = 'new3@example.com'"), "One user has a new address.");
        }
    }

    @Test @Needs("changes") @Hint(1) @Promises({"one-transaction", "new-address", "only-committed"}) @DisplayName("also if somebody read the old one in the middle of it")
    void readInBetween(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            for (int before = 0; before < 2; before++) {
                scene.cache.flushAll();
                if (before == 1) {
                    scene.email(6);
                }
                var address = "in-between" + before + "@example.com";
                var rest = "rest" + before + "@example.com";
                var was = scene.value("select email from app.users where id = 6");
                scene.change(6, address, connection -> {
                    Sql.execute(connection, "update app.users set email = '" + rest + "' where id = 12");
                    Expect.equal("What another program reads before the commit", Optional.of(was), call(() -> scene.other.email(6)), "Nothing is committed yet.");
                    Expect.equal("Whether what the rest has done is committed, while it runs", "0",
                        scene.value("select count(*) from app.users where email = '" + rest + "'"), "One transaction, with the rest of the work in it.");
                    Expect.equal("Whether the new address is in Redis before the commit", false, scene.contents().contains(address), "It may never come to be.");
                });
                scene.reads("after a change, with a reader in the middle of it", 6, address, "The reader has put the old address into Redis. Who takes it out, and when?");
            }
            scene.pool.beforeCommit = () -> call(() -> scene.other.email(15));
            scene.change(15, "just-before@example.com", NOTHING);
            scene.reads("after a change, with a reader just before its commit", 15, "just-before@example.com",
                "The reader has put the old address into Redis. Who takes it out, and when?");
        }
    }

    @Test @Needs("readInBetween") @Hint(1) @Promises("only-committed") @DisplayName("even if the work itself asks")
    void workAsks(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            scene.change(13, "asked@example.com", connection -> {
                call(() -> scene.addresses.email(13));
                Expect.equal("Whether the new address is in Redis before the commit, when the work has asked for it", false, scene.contents().contains("asked@example.com"),
                    "It may never come to be.");
            });
            scene.reads("after a change whose work has asked for it", 13, "asked@example.com", "The work has put the old address into Redis. Who takes it out, and when?");
        }
    }

    @Test @Needs("readInBetween") @Hint(1) @Promises({"asks-once", "nobody"}) @DisplayName("as it then stands in the database, if it does")
    void asItStands(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            scene.change(16, "Mixed16@Example.com", connection -> Sql.execute(connection, "update app.users set email = lower(email) where id = 16"));
            scene.reads("after a change whose work has changed it once more", 16, "mixed16@example.com", "What is in Redis is what stands in the database.");
            scene.change(17, "gone17@example.com", connection -> Sql.execute(connection, "update app.users set id = 778 where id = 17"));
            Expect.equal("email(17), after a change whose work has given this user another number", Optional.empty(), scene.email(17), "There is no user 17.");
            scene.execute("update app.users set id = 17 where id = 778");
            try {
                scene.change(779, "nobody@example.com", NOTHING);
            } catch (SQLException | RuntimeException e) {
                // as you like
            }
            Expect.equal("email(779), after a change", Optional.empty(), scene.email(779), "There is no user 779.");
        }
    }

    @Test @Needs("changes") @Hint(2) @Promises({"all-or-nothing", "as-it-is", "as-lent"}) @DisplayName("nothing is left of a change that fails")
    void failing(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            var failures = new ArrayList<>(Faults.ofEveryKind());
            failures.add(new SQLTransactionRollbackException("the orders' database could not serialize access", "40001"));
            var runs = new AtomicInteger();
            for (var failure : failures) {
                var kind = failure.getClass().getSimpleName();
                runs.set(0);
                scene.email(7);
                Expect.passesOn("What the caller gets when the rest throws", failure, () -> scene.change(7, "never@example.com", connection -> {
                    runs.incrementAndGet();
                    call(() -> scene.other.email(7));
                    Sql.execute(connection, "update app.users set email = 'never-either@example.com' where id = 14");
                    throw Faults.sneak(failure);
                }), "What the work throws, as it is.");
                Expect.equal("How often the rest has run that threw " + kind, 1, runs.get(), "Whether it is tried again is the caller's business.");
                Expect.equal("Users who have changed all the same, after the rest has thrown " + kind, "0",
                    scene.value("select count(*) from app.users where email like 'never%'"), "One transaction, all or nothing.");
                scene.reads("after a change that failed", 7, "user7@example.com", "The change never happened.");
                scene.pool.asItWas("after the rest has thrown " + kind);
            }
        }
    }

    @Test @Needs("failing") @Hint(2) @Promises({"as-it-is", "all-or-nothing", "as-lent"}) @DisplayName("also when the connection has died under it")
    void dying(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            var failure = new IllegalStateException("the work has found something wrong");
            Expect.passesOn("What the caller gets when the server has ended the connection, and the rest throws", failure, () -> scene.change(9, "never@example.com", connection -> {
                Faults.kill(clone, connection);
                throw failure;
            }), "What the work throws, as it is; that the connection is broken as well is of less interest.");
            scene.reads("after a change that failed", 9, "user9@example.com", "The change never happened.");
            scene.pool.asItWas("after a change whose connection has died");
        }
    }

    @Test @Needs("changes") @Hint(2) @Promises({"as-lent", "all-or-nothing"}) @DisplayName("connections come back as they were")
    void givenBack(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            scene.email(8);
            scene.pool.asItWas("after a read");
            scene.change(8, "new8@example.com", NOTHING);
            scene.pool.asItWas("after a change");
            Expect.sqlState("A change to an address that is taken", "23505", () -> scene.change(8, "user1@example.com", NOTHING), "The error of PostgreSQL is the caller's.");
            scene.pool.asItWas("after a change that PostgreSQL refused");
            scene.reads("after a change that PostgreSQL refused", 8, "new8@example.com", "It stays as it was.");
            Expect.sqlState("A change whose commit fails, by a deferred constraint", "23505", () -> scene.change(8, "never8@example.com", connection -> Sql.execute(connection,
                "create temp table once (n int unique deferrable initially deferred); insert into once values (1), (1)")), "The error of PostgreSQL is the caller's.");
            scene.pool.asItWas("after a commit that failed");
            scene.reads("after a commit that failed", 8, "new8@example.com", "It stays as it was.");
        }
    }

    @Test @Needs("changes") @Hint(2) @Promises("answer-lost") @DisplayName("also when the answer to the commit is lost")
    void answerLost(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis)) {
            for (var state : List.of("08006", "57P01")) {
                var address = "lost" + state.toLowerCase(Locale.ROOT) + "@example.com";
                scene.email(18);
                scene.pool.lostWith = state;
                try {
                    scene.change(18, address, NOTHING);
                } catch (SQLException | RuntimeException e) {
                    // as you like: nobody knows
                }
                scene.pool.lostWith = "";
                scene.reads("after a change that was committed, and its answer lost with SQLSTATE " + state, 18, address,
                    "A commit that throws may have happened. What is in Redis then?");
            }
        }
    }

    /** A way to Redis, on which so many messages get through, and no more. */
    private static final class Wire implements AutoCloseable {
        private final RedisClone redis;
        private final ServerSocket door = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

        Wire(RedisClone redis) throws IOException {
            this.redis = redis;
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        var client = door.accept();
                        var server = new Socket(redis.host(), redis.port());
                        carry(client, server, left);
                        carry(server, client, new AtomicInteger(Integer.MAX_VALUE));
                    }
                } catch (IOException closed) {
                    // nobody calls any more
                }
            });
        }

        private static void carry(Socket from, Socket to, AtomicInteger left) {
            Thread.ofPlatform().daemon().start(() -> {
                var bytes = new byte[8192];
                try (from; to) {
                    for (int length; (length = from.getInputStream().read(bytes)) >= 0 && left.getAndDecrement() > 0; ) {
                        to.getOutputStream().write(bytes, 0, length);
                    }
                } catch (IOException hungUp) {
                    // one of the two
                }
            });
        }

        RedisClient client() {
            return RedisClient.builder().hostAndPort("127.0.0.1", door.getLocalPort())
                .clientConfig(DefaultJedisClientConfig.builder().password(redis.password()).build()).build();
        }

        @Override public void close() throws IOException {
            door.close();
        }
    }

    /** Two programs before one Redis, which is empty, and one database. */
    private static final class Scene implements AutoCloseable {
        private final Pool pool;
        private final Pool otherPool;
        private final RedisClient cache;
        private final Addresses addresses;
        private final Addresses other;
        private final Connection observer;

        Scene(Clone clone, RedisClone redis) throws SQLException {
            pool = new Pool(clone.app());
            otherPool = new Pool(clone.app());
            observer = Sql.connect(clone.app());
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

        void set(long id, String address) throws SQLException {
            Rows.query(observer, "update app.users set email = ? where id = ? returning 1", address, id);
        }

        void execute(String sql) throws SQLException {
            Sql.execute(observer, sql);
        }

        String value(String sql) throws SQLException {
            return String.valueOf(Rows.query(observer, sql).values().getFirst().getFirst());
        }

        @Override public void close() throws SQLException {
            cache.close();
            pool.close();
            otherPool.close();
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

    /** Lends the connection that came back last, as it is: it resets nothing. */
    private static final class Pool implements DataSource {
        private final Login login;
        private final List<Connection> all = new ArrayList<>();
        private final List<Connection> idle = new ArrayList<>();
        private final ConnectionState asLent;
        private Callable<?> beforeCommit = () -> null;
        /** The SQLSTATE with which the connection breaks when it has committed; empty where it does not. */
        private String lostWith = "";
        private int lent;
        private int away;

        Pool(Login login) throws SQLException {
            this.login = login;
            all.add(Sql.connect(login));
            idle.add(all.getFirst());
            asLent = ConnectionState.of(all.getFirst());
        }

        @Override public synchronized Connection getConnection() throws SQLException {
            lent++;
            away++;
            if (idle.isEmpty()) {
                all.add(Sql.connect(login));
                idle.add(all.getLast());
            }
            var connection = idle.removeLast();
            var closed = new AtomicBoolean();
            return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                    if (!closed.getAndSet(true)) {
                        comesBack(connection);
                    }
                    return null;
                }
                var commits = method.getName().equals("commit") || method.getName().equals("setAutoCommit") && arguments[0].equals(true) && !connection.getAutoCommit();
                if (commits) {
                    beforeCommit.call();
                }
                try {
                    var result = method.invoke(connection, arguments);
                    if (commits && !lostWith.isEmpty()) {
                        connection.close();
                        throw new SQLException("An I/O error occurred while sending to the backend.", lostWith);
                    }
                    return result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }

        private synchronized void comesBack(Connection connection) throws SQLException {
            away--;
            if (connection.isClosed()) {
                all.remove(connection); // it had died
            } else {
                idle.add(connection);
            }
        }

        void asItWas(String when) throws SQLException {
            Expect.equal("Connections still lent " + when, 0, away, "Every connection is given back.");
            for (var connection : all) {
                Expect.asLent("What is different in a connection " + when, asLent, ConnectionState.of(connection), "The next one who borrows it believes that all is as it was.");
            }
        }

        void close() throws SQLException {
            for (var connection : all) {
                connection.close();
            }
        }

        @Override public Connection getConnection(String user, String password) throws SQLException {
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

import grading.*;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Between the answer and Redis stands a wire that can be cut or fall silent; before the database stands a counter. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WithoutRedisTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** Who is alone finds a place at once; only where places were lost does anybody wait so long. */
    private static final Duration ALONE = Duration.ofSeconds(3);
    /** Messages that one call may take, the handshake of the connection that follows included. */
    private static final int FEW = 4;
    private static final Duration LONG = Duration.ofHours(1);

    @Test @Order(1) @DisplayName("as long as Redis is well, a known price costs no query")
    void remembers(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG)) {
            for (int i = 0; i < 3; i++) {
                scene.costs(1, "Redis is well.");
            }
            Expect.equal("Queries for three calls", 1, scene.database.lent.get(), "The second call finds it in Redis.");
            scene.costs(2, "Each article has its own key.");
            Expect.equal("price of what is not there", "NoSuchElementException", scene.outcome("nothing"), "There is no such article.");
            scene.costs(1, "Redis is well.");
            Expect.equal("Queries for two articles and a missing one", 3, scene.database.lent.get(), "A missing article is no failure of Redis.");
            try (var direct = RedisClient.create(redis.uri())) {
                for (var key : direct.keys("*")) {
                    var seconds = direct.ttl(key);
                    Expect.that("Seconds until " + key + " ends", seconds > 0 && seconds <= 3600, "from 1 to 3600", seconds, "A price may change.");
                }
            }
        }
    }

    @Test @Order(2) @Needs("remembers") @Hint(1) @DisplayName("without Redis, prices are right")
    void answers(Clone clone, RedisClone redis) throws Exception {
        for (var trouble : List.of(Wire.CUT, Wire.SILENT)) {
            try (var scene = new Scene(clone, redis, 4, ALONE, Duration.ofMillis(1))) {
                scene.costs(1, "Redis is well.");
                scene.wire.is(trouble);
                for (int i = 1; i <= 3; i++) {
                    scene.costs(i, trouble == Wire.CUT ? "Redis is gone; PostgreSQL has the price." : "Redis says nothing; PostgreSQL has the price.");
                }
            }
        }
    }

    @Test @Order(3) @Needs("answers") @Hint(1) @DisplayName("when only telling fails, the price is there all the same")
    void tellingFails(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG)) {
            scene.costs(1, "Redis is well.");
            var heardBefore = new AtomicInteger();
            scene.database.onLend = () -> {
                heardBefore.set(scene.wire.heard.get());
                scene.wire.is(Wire.SILENT);
            };
            scene.costs(2, "The price is known; only Redis could not be told.");
            scene.database.onLend = () -> { };
            until(() -> scene.wire.heard.get() > heardBefore.get()); // a busy machine may hear it when the answer has given up
            scene.wire.heard.set(0);
            scene.costs(3, "Redis says nothing.");
            Expect.equal("Messages to Redis after it could not be told", 0, scene.wire.heard.get(), "A failure is a failure, in either direction.");
        }
    }

    @Test @Order(4) @Needs("answers") @Hint(1) @DisplayName("one finds out for all that Redis is ill")
    void leftAlone(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG)) {
            scene.costs(1, "Redis is well.");
            scene.wire.is(Wire.SILENT);
            // What is too much already need not become more.
            for (int i = 1; i <= 20 && scene.wire.heard.get() <= FEW; i++) {
                scene.costs(i, "Redis says nothing; PostgreSQL has the price.");
            }
            Expect.that("Messages to a Redis that says nothing, for 20 prices", scene.wire.heard.get() <= FEW, "at most " + FEW, scene.wire.heard.get(),
                "Each of them costs a timeout.");
        }
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG); var direct = RedisClient.create(redis.uri())) {
            scene.wire.is(Wire.SILENT);
            scene.database.onLend = () -> scene.wire.is(Wire.WELL); // and nobody knows yet
            scene.costs(1, "Redis says nothing; PostgreSQL has the price.");
            Expect.equal("Keys in Redis after a price for which it could not be asked", 0L, direct.dbSize(), "Who was not asked is not told either.");
        }
    }

    @Test @Order(5) @Needs("leftAlone") @Hint(1) @DisplayName("when the pause is over, Redis is asked again")
    void comesBack(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, Duration.ofMillis(50))) {
            for (int times = 0; times < 2; times++) {
                scene.wire.is(Wire.SILENT);
                scene.costs(5, "Redis says nothing; PostgreSQL has the price.");
                scene.wire.is(Wire.WELL);
                var end = System.nanoTime() + PATIENCE.toNanos() / 2; // eighty pauses
                int before;
                do {
                    Thread.sleep(20);
                    before = scene.database.lent.get();
                    scene.costs(5, "Redis is well again.");
                } while (scene.database.lent.get() > before && System.nanoTime() < end);
                Expect.equal("Queries for a price that Redis could know again", 0, scene.database.lent.get() - before, "How long is Redis left alone?");
            }
        }
    }

    @Test @Order(6) @Needs("leftAlone") @Hint(2) @DisplayName("the database gets no more queries at once than it can bear")
    void bounded(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, PATIENCE, LONG)) {
            scene.wire.is(Wire.CUT);
            scene.costs(1, "Redis is gone; PostgreSQL has the price.");
            var gate = scene.database.close();
            var crowd = new ArrayList<Reader>();
            for (int i = 1; i <= 12; i++) {
                crowd.add(scene.start("article " + i));
            }
            until(() -> crowd.stream().allMatch(Reader::waits));
            Expect.equal("Queries at once, of 12 who ask", 4, scene.database.inside.get(), "most is 4.");
            gate.countDown();
            for (int i = 1; i <= 12; i++) {
                Expect.equal("The price of article " + i, i * 100L, crowd.get(i - 1).outcome(), "Everybody gets a turn.");
            }
            Expect.that("The most queries at once", scene.database.most.get() <= 4, "at most 4", scene.database.most.get(), "most is 4.");
        }
    }

    @Test @Order(7) @Needs("bounded") @Hint(2) @DisplayName("who waits too long is told so")
    void impatient(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 1, Duration.ofMillis(100), LONG)) {
            scene.wire.is(Wire.CUT);
            scene.costs(1, "Redis is gone; PostgreSQL has the price.");
            var gate = scene.database.close();
            var inside = scene.start("article 1");
            until(() -> scene.database.inside.get() == 1);
            for (int i = 0; i < 2; i++) {
                var outcome = scene.outcomeWithoutPlace("article 2");
                Expect.that("What one gets who finds no place", outcome instanceof String other && other.endsWith("Exception"), "an exception", outcome,
                    "Everybody has a limit of patience.");
            }
            gate.countDown();
            Expect.equal("The price for the one who had the place", 100L, inside.outcome(), "It was only slow.");
            Expect.equal("The most queries at once", 1, scene.database.most.get(), "Who got no place cannot give one back.");
            gate = scene.database.close();
            var one = scene.start("article 1");
            var two = scene.start("article 2");
            until(() -> one.waits() && two.waits() && scene.database.inside.get() > 0);
            Expect.equal("Queries at once afterwards, of two who ask", 1, scene.database.inside.get(), "Who got no place cannot give one back.");
            gate.countDown();
            one.outcome();
            two.outcome();
        }
    }

    @Test @Order(8) @Needs("bounded") @Hint(2) @DisplayName("a query that fails gives its place back")
    void failing(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 2, Duration.ofMillis(500), LONG)) {
            scene.database.broken = true;
            for (int i = 0; i < 5; i++) {
                Expect.equal("price, while the database is down as well", "SQLException 57P03", scene.outcome("article 9"), "The exception of the query is the caller's.");
            }
            scene.database.broken = false;
            for (int i = 0; i < 5; i++) {
                Expect.equal("price of what is not there", "NoSuchElementException", scene.outcome("nothing"), "There is no such article.");
            }
            scene.costs(9, "Whose places are taken?");
        }
    }

    /** An answer, its Redis behind a wire, its database behind a counter. */
    private static final class Scene implements AutoCloseable {
        private final Wire wire;
        private final RedisClient cache;
        private final Counter database;
        private final Prices prices;

        Scene(Clone clone, RedisClone redis, int most, Duration patience, Duration pause) throws IOException {
            try (var direct = RedisClient.create(redis.uri())) {
                direct.flushAll();
            }
            wire = new Wire(redis);
            cache = RedisClient.builder().hostAndPort("127.0.0.1", wire.port()).clientConfig(DefaultJedisClientConfig.builder()
                .password(redis.password()).connectionTimeoutMillis(150).socketTimeoutMillis(150).build()).build();
            database = new Counter(clone);
            prices = new Prices(database.asDataSource(), cache, most, patience, pause);
        }

        Reader start(String article) {
            var reader = new Reader(prices, article);
            reader.thread.start();
            return reader;
        }

        Object outcome(String article) throws InterruptedException {
            return start(article).outcome();
        }

        /** What somebody gets while the only place is taken. Who makes a query all the same is not waited for: it ends at the gate. */
        Object outcomeWithoutPlace(String article) throws InterruptedException {
            var reader = start(article);
            until(() -> reader.isDone() || database.inside.get() > 1);
            return reader.isDone() ? reader.outcome() : "still waits";
        }

        void costs(int article, String lookAt) throws InterruptedException {
            Expect.equal("The price of article " + article, article * 100L, outcome("article " + article), lookAt);
        }

        @Override public void close() throws IOException {
            cache.close();
            wire.close();
        }
    }

    private static final class Reader extends FutureTask<Object> {
        private final Thread thread;

        Reader(Prices prices, String article) {
            super(() -> prices.price(article));
            thread = Thread.ofPlatform().daemon().unstarted(this);
        }

        boolean waits() {
            return isDone() || switch (thread.getState()) {
                case BLOCKED, WAITING, TIMED_WAITING -> true;
                default -> false;
            };
        }

        Object outcome() throws InterruptedException {
            try {
                return get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return "still waits";
            } catch (ExecutionException e) {
                return e.getCause() instanceof SQLException sql ? "SQLException " + sql.getSQLState() : e.getCause().getClass().getSimpleName();
            }
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(Condition condition) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos() / 2;
        var times = 0;
        while (times < 3 && System.nanoTime() < end) {
            times = condition.holds() ? times + 1 : 0;
            Thread.sleep(10);
        }
    }

    /** Connections of the database, counted, held at a gate, or refused. */
    private static final class Counter {
        private final Clone clone;
        private final AtomicInteger lent = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile Runnable onLend = () -> { };
        private volatile boolean broken;

        Counter(Clone clone) {
            this.clone = clone;
        }

        CountDownLatch close() {
            return gate = new CountDownLatch(1);
        }

        DataSource asDataSource() {
            return proxy(DataSource.class, (method, arguments) -> {
                if (!method.getName().equals("getConnection")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                return lend();
            });
        }

        private Connection lend() throws Exception {
            lent.incrementAndGet();
            if (broken) {
                throw new SQLException("the database is starting up", "57P03");
            }
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            gate.await(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            onLend.run();
            var connection = clone.app().connect();
            return proxy(Connection.class, (method, arguments) -> {
                if (method.getName().equals("close")) {
                    inside.decrementAndGet();
                }
                try {
                    return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                    throw (Exception) e.getCause();
                }
            });
        }
    }

    private interface Calls {
        Object of(java.lang.reflect.Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(WithoutRedisTest.class.getClassLoader(), new Class<?>[] {type},
            (proxy, method, arguments) -> calls.of(method, arguments)));
    }

    /** What lies between the client and Redis. */
    private static final class Wire implements AutoCloseable {
        static final String WELL = "well";
        static final String SILENT = "silent";
        static final String CUT = "cut";
        private final RedisClone redis;
        private final ServerSocket door = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
        /** Messages of the client that nobody answered. */
        private final AtomicInteger heard = new AtomicInteger();
        private volatile String state = WELL;

        Wire(RedisClone redis) throws IOException {
            this.redis = redis;
            Thread.ofPlatform().daemon().start(this::takeCalls);
        }

        int port() {
            return door.getLocalPort();
        }

        void is(String now) {
            state = now;
            if (!now.equals(SILENT)) { // also what was silent must be called anew
                open.forEach(Wire::hangUp);
            }
        }

        private void takeCalls() {
            while (!door.isClosed()) {
                try {
                    var caller = door.accept();
                    if (state.equals(CUT)) {
                        hangUp(caller);
                        continue;
                    }
                    var called = new Socket(redis.host(), redis.port());
                    open.add(caller);
                    open.add(called);
                    Thread.ofPlatform().daemon().start(() -> copy(caller, called, true));
                    Thread.ofPlatform().daemon().start(() -> copy(called, caller, false));
                } catch (IOException e) {
                    return; // the door was closed
                }
            }
        }

        private void copy(Socket from, Socket to, boolean fromClient) {
            var bytes = new byte[8192];
            try {
                for (int length; (length = from.getInputStream().read(bytes)) >= 0; ) {
                    if (state.equals(WELL)) {
                        to.getOutputStream().write(bytes, 0, length);
                    } else if (fromClient) {
                        heard.incrementAndGet();
                    }
                }
            } catch (IOException e) {
                // one of the two has hung up
            }
            hangUp(from);
            hangUp(to);
        }

        private static void hangUp(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // it was closed already
            }
        }

        @Override public void close() throws IOException {
            door.close();
            open.forEach(Wire::hangUp);
        }
    }
}

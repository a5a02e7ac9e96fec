import grading.*;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Between the answer and Redis stands a wire that can be cut, fall silent or refuse; before the database stands a counter. */
class WithoutRedisTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** Who is alone finds a place at once; only where places were lost does anybody wait so long. */
    private static final Duration ALONE = Duration.ofSeconds(3);
    /** Long enough to be measured on a busy machine. */
    private static final Duration MEASURED = Duration.ofSeconds(1);
    /** Messages that one call may take, the handshake of the connection that follows included. */
    private static final int FEW = 4;
    private static final Duration LONG = Duration.ofHours(1);
    private static final List<String> NAMES = List.of("", "A", "a", "Aa", "BB", "ÄRGER", "ärger", "a:b", "100%", "日本", "null", "x".repeat(3000));
    private static final List<String> NO_PRICES = List.of("n/a", "", "12.5", "{\"cents\":100}", "99999999999999999999", "9999999999999999999",
        "9223372036854775808", "-9223372036854775809", "9".repeat(1000), "-", "--5", "1e3", "0x64", "1 2", "\u0000");

    @Test @Promises({"known-price", "right-price"}) @DisplayName("as long as Redis is well, a known price costs no query")
    void remembers(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG)) {
            for (int i = 0; i < 3; i++) {
                scene.costs(1, "Redis is well.");
            }
            Expect.equal("Queries for three calls", 1, scene.database.lent.get(), "The second call finds it in Redis.");
            scene.costs(2, "Each article has its own key.");
            scene.costs(1, "Redis is well.");
            Expect.equal("Queries for two articles", 2, scene.database.lent.get(), "Each is in Redis.");
            Environments.inEveryLocale(where -> scene.costs(1, "Redis is well, " + where + "."));
            Expect.equal("Queries for an article in four locales", 2, scene.database.lent.get(), "What is in Redis is there for all.");
        }
    }

    @Test @Needs("remembers") @Promises("known-price") @DisplayName("whatever the article is called, and whatever it costs")
    void everyArticle(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG); var owner = Sql.connect(clone.owner())) {
            var numbers = List.of(0L, 1L, -1L, Integer.MAX_VALUE + 1L, 999_999_999_999_999_999L);
            for (int i = 0; i < NAMES.size(); i++) {
                Rows.query(owner, "insert into app.articles values (?, ?) returning 1", NAMES.get(i), numbers.get(i % numbers.size()));
            }
            for (int times = 1; times <= 2; times++) {
                for (int i = 0; i < NAMES.size(); i++) {
                    Expect.equal("The price of \"" + NAMES.get(i).transform(name -> name.substring(0, Math.min(20, name.length()))) + "\", asked for the " + (times == 1 ? "first" : "second") + " time",
                        numbers.get(i % numbers.size()), scene.outcome(NAMES.get(i)), "Each article has its own key, and its own price.");
                }
            }
            Expect.equal("Queries for " + NAMES.size() + " articles, asked for twice each", NAMES.size(), scene.database.lent.get(), "The second call finds it in Redis.");
        }
    }

    @Test @Needs("remembers") @Promises({"entries-end", "right-price"}) @DisplayName("every entry ends, however often it is read")
    void entriesEnd(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG); var direct = RedisClient.create(redis.uri())) {
            scene.costs(1, "Redis is well.");
            for (var key : direct.keys("*")) {
                var seconds = direct.ttl(key);
                Expect.that("Seconds until " + key + " ends", seconds > 0 && seconds <= 3600, "from 1 to 3600", seconds, "A price may change.");
                direct.expire(key, 100);
            }
            scene.costs(1, "Redis is well.");
            for (var key : direct.keys("*")) {
                var seconds = direct.ttl(key);
                Expect.that("Seconds until " + key + " ends, which had 100 left when it was read", seconds > 0 && seconds <= 100, "from 1 to 100", seconds,
                    "A price that is read all day long must end as well.");
            }
            direct.flushAll();
            scene.set(1, 101);
            Expect.equal("The price of article 1, when its entry has ended and it has changed", 101L, scene.outcome("article 1"), "Prices are in Redis, and nowhere else.");
            scene.set(1, 100);
        }
    }

    @Test @Needs("remembers") @Promises("not-there") @DisplayName("an article that is not there is no failure of Redis")
    void notThere(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG)) {
            scene.costs(1, "Redis is well.");
            for (int i = 0; i < 2; i++) {
                Expect.equal("price of what is not there", "NoSuchElementException", scene.outcome("nothing"), "There is no such article.");
            }
            var before = scene.database.lent.get();
            scene.costs(1, "Redis is well.");
            Expect.equal("Queries for a known price, after one that is not there", 0, scene.database.lent.get() - before, "A missing article is no failure of Redis.");
            scene.wire.is(Wire.CUT);
            Expect.equal("price of what is not there, without Redis", "NoSuchElementException", scene.outcome("nothing"), "There is no such article.");
        }
    }

    @Test @Needs("remembers") @Hint(1) @Promises("right-price") @DisplayName("without Redis, prices are right")
    void answers(Clone clone, RedisClone redis) throws Exception {
        for (var trouble : List.of(Wire.CUT, Wire.SILENT, Wire.REFUSING)) {
            try (var scene = new Scene(clone, redis, 4, ALONE, Duration.ofMillis(1))) {
                scene.costs(1, "Redis is well.");
                scene.wire.is(trouble);
                for (int i = 1; i <= 3; i++) {
                    scene.costs(i, "Redis " + trouble + "; PostgreSQL has the price.");
                }
                scene.set(1, 102);
                Expect.equal("The price of article 1, which has changed", 102L, scene.outcome("article 1"), "Redis " + trouble + "; PostgreSQL has the price, as it is now.");
                scene.set(1, 100);
            }
        }
    }

    @Test @Needs("remembers") @Hint(1) @Promises("right-price") @DisplayName("what is no price in Redis is no price")
    void rubbish(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, Duration.ofMillis(1)); var direct = RedisClient.create(redis.uri())) {
            for (var text : NO_PRICES) {
                scene.costs(3, "Redis is well.");
                for (var key : direct.keys("*")) {
                    direct.set(key, text);
                }
                scene.costs(3, "In Redis stands \"" + text + "\"; PostgreSQL has the price.");
                direct.flushAll();
            }
            scene.costs(3, "Redis is well.");
            for (var key : direct.keys("*")) {
                direct.del(key);
                direct.lpush(key, "a list");
            }
            scene.costs(3, "In Redis stands a list; PostgreSQL has the price.");
        }
    }

    @Test @Needs("answers") @Hint(1) @Promises({"left-alone", "right-price"}) @DisplayName("when only telling fails, the price is there all the same")
    void tellingFails(Clone clone, RedisClone redis) throws Exception {
        for (var trouble : List.of(Wire.SILENT, Wire.REFUSING)) {
            try (var scene = new Scene(clone, redis, 4, ALONE, LONG)) {
                scene.costs(1, "Redis is well.");
                var heardBefore = new AtomicInteger();
                scene.database.onLend = () -> {
                    heardBefore.set(scene.wire.heard.get());
                    scene.wire.is(trouble);
                };
                scene.costs(2, "The price is known; only Redis could not be told.");
                scene.database.onLend = () -> { };
                until(() -> scene.wire.heard.get() > heardBefore.get()); // a busy machine may hear it when the answer has given up
                scene.wire.heard.set(0);
                scene.costs(3, "Redis " + trouble + ".");
                Expect.equal("Messages to Redis after it could not be told", 0, scene.wire.heard.get(), "A failure is a failure, in either direction.");
            }
        }
    }

    @Test @Needs("answers") @Hint(1) @Promises("left-alone") @DisplayName("one finds out for all that Redis is ill")
    void leftAlone(Clone clone, RedisClone redis) throws Exception {
        for (var trouble : List.of(Wire.SILENT, Wire.REFUSING)) {
            try (var scene = new Scene(clone, redis, 4, ALONE, LONG)) {
                scene.costs(1, "Redis is well.");
                scene.wire.is(trouble);
                scene.wire.heard.set(0);
                // What is too much already need not become more.
                for (int i = 1; i <= 20 && scene.wire.heard.get() <= FEW; i++) {
                    scene.costs(i, "Redis " + trouble + "; PostgreSQL has the price.");
                }
                Expect.that("Messages for 20 prices to a Redis that " + trouble, scene.wire.heard.get() <= FEW, "at most " + FEW, scene.wire.heard.get(),
                    "Each of them costs a timeout, or work for somebody who is ill.");
            }
        }
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG); var direct = RedisClient.create(redis.uri())) {
            scene.costs(1, "Redis is well.");
            var key = direct.keys("*").iterator().next();
            direct.del(key);
            direct.lpush(key, "a list");
            scene.costs(1, "In Redis stands a list; PostgreSQL has the price.");
            Expect.equal("What stands in Redis, after it has answered with an error that it is no text but a list", "list", direct.type(key), "A failure is a failure. Who was not asked is not told either.");
            scene.wire.heard.set(0);
            scene.costs(2, "Redis has answered with an error; PostgreSQL has the price.");
            Expect.equal("Messages to Redis after it has answered with an error", 0, scene.wire.heard.get(), "Whatever exception it was, Redis is left alone for a while.");
        }
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG)) {
            var first = new AtomicBoolean(true);
            scene.database.onLend = () -> {
                if (first.getAndSet(false)) {
                    scene.failsForAnother();
                }
            };
            scene.costs(1, "Redis was well when it was asked.");
            Expect.equal("Messages to Redis that tell it a price, after it has failed for somebody else meanwhile", 0, scene.wire.heard.get(), "By nobody: when is it looked at the clock?");
        }
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG); var direct = RedisClient.create(redis.uri())) {
            scene.wire.is(Wire.SILENT);
            scene.database.onLend = () -> scene.wire.is(Wire.WELL); // and nobody knows yet
            scene.costs(1, "Redis says nothing; PostgreSQL has the price.");
            Expect.equal("Keys in Redis after a price for which it could not be asked", 0L, direct.dbSize(), "Who was not asked is not told either.");
        }
    }

    @Test @Needs("leftAlone") @Hint(1) @Promises("left-alone") @DisplayName("also if an earlier question is answered after that")
    void lateAnswer(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, ALONE, LONG, PATIENCE)) { // so that the question is not given up, on a slow machine either
            scene.costs(1, "Redis is well.");
            scene.wire.is(Wire.HOLDING);
            var early = scene.start("article 1");
            until(() -> scene.wire.held.get() > 0);
            scene.wire.is(Wire.REFUSING);
            scene.costs(2, "Redis refuses everything; PostgreSQL has the price.");
            scene.wire.letGo.countDown();
            Expect.equal("The price of article 1, whose question was answered late", 100L, said(early), "It was only slow.");
            scene.wire.heard.set(0);
            scene.costs(3, "Redis refuses everything; PostgreSQL has the price.");
            Expect.equal("Messages to Redis after a failure, when a question from before it has been answered", 0, scene.wire.heard.get(), "A late answer does not end the pause.");
        }
    }

    @Test @Needs("leftAlone") @Hint(1) @Promises({"left-alone", "tried-again"}) @DisplayName("when the pause is over, Redis is asked again")
    void comesBack(Clone clone, RedisClone redis) throws Exception {
        var givesUp = Duration.ofMillis(400); // more than a busy machine needs
        try (var scene = new Scene(clone, redis, 4, ALONE, MEASURED, givesUp)) {
            scene.costs(5, "Redis is well.");
            for (var trouble : List.of(Wire.CUT, Wire.SILENT)) {
                var silence = trouble.equals(Wire.SILENT) ? givesUp : Duration.ZERO; // until there is an exception
                lasts("From a question to Redis, which " + trouble + ", until it is asked again, where pause is a second and the client gives up after 400 ms", MEASURED.plus(silence), () -> {
                    scene.wire.is(trouble);
                    scene.costs(5, "Redis " + trouble + "; PostgreSQL has the price.");
                    scene.wire.is(Wire.WELL);
                    scene.untilAsked(5);
                }, "How long is Redis left alone?");
            }
            scene.costs(5, "Redis is well again.");
            var before = scene.database.lent.get();
            scene.costs(5, "Redis is well again.");
            Expect.equal("Queries for a price that Redis knows again", 0, scene.database.lent.get() - before, "Redis is well, and may be asked and told.");
        }
    }

    @Test @Needs("comesBack") @Hint(1) @Promises({"left-alone", "tried-again"}) @DisplayName("the second pause is as long as the first")
    void secondPause(Clone clone, RedisClone redis) throws Exception {
        var givesUp = Duration.ofMillis(400);
        try (var scene = new Scene(clone, redis, 4, ALONE, MEASURED, givesUp)) {
            withChances(() -> {
                scene.costs(5, "Redis is well.");
                scene.wire.is(Wire.SILENT);
                scene.costs(5, "Redis says nothing; PostgreSQL has the price.");
                Thread.sleep(MEASURED.plusMillis(100));
                Expect.lasts("From a second question to Redis, which still says nothing, until it is asked again, where pause is a second and the client gives up after 400 ms",
                    MEASURED.plus(givesUp), () -> {
                        scene.costs(5, "Redis still says nothing; PostgreSQL has the price.");
                        scene.wire.is(Wire.WELL);
                        scene.untilAsked(5);
                    }, "How long is Redis left alone, after each failure?");
            });
        }
    }

    @Test @Needs("leftAlone") @Hint(2) @Promises("bounded") @DisplayName("the database gets no more queries at once than it can bear")
    void bounded(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 4, PATIENCE, LONG)) {
            scene.wire.is(Wire.CUT);
            scene.costs(1, "Redis is gone; PostgreSQL has the price.");
            var gate = scene.database.close();
            var crowd = new ArrayList<Task<Long>>();
            for (int i = 1; i <= 12; i++) {
                crowd.add(scene.start("article " + i));
            }
            until(() -> crowd.stream().allMatch(WithoutRedisTest::waits));
            Expect.equal("Queries at once, of 12 who ask", 4, scene.database.inside.get(), "most is 4.");
            gate.countDown();
            for (int i = 1; i <= 12; i++) {
                Expect.equal("The price of article " + i, i * 100L, said(crowd.get(i - 1)), "Everybody gets a turn.");
            }
            Expect.that("The most queries at once", scene.database.most.get() <= 4, "at most 4", scene.database.most.get(), "most is 4.");
        }
    }

    @Test @Needs("bounded") @Hint(2) @Promises({"patience", "bounded"}) @DisplayName("who waits too long is told so")
    void impatient(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 1, MEASURED, LONG)) {
            scene.wire.is(Wire.CUT);
            scene.costs(1, "Redis is gone; PostgreSQL has the price.");
            var gate = scene.database.close();
            var inside = scene.start("article 1");
            until(() -> scene.database.inside.get() == 1);
            lasts("The wait of one who finds no place, where patience is a second", MEASURED, () -> {
                var outcome = scene.outcomeWithoutPlace("article 2");
                Expect.that("What one gets who finds no place", outcome instanceof Task.Outcome.Failed, "an exception", outcome, "Everybody has a limit of patience.");
            }, "Everybody has a limit of patience.");
            gate.countDown();
            Expect.equal("The price for the one who had the place", 100L, said(inside), "It was only slow.");
            scene.hasOnePlace();
        }
    }

    @Test @Needs("bounded") @Hint(2) @Promises("bounded") @DisplayName("who is interrupted while waiting gives no place back")
    void interrupted(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 1, PATIENCE, LONG)) {
            scene.wire.is(Wire.CUT);
            scene.costs(1, "Redis is gone; PostgreSQL has the price.");
            var gate = scene.database.close();
            var inside = scene.start("article 1");
            until(() -> scene.database.inside.get() == 1);
            var waiting = scene.start("article 2");
            until(() -> waits(waiting));
            waiting.interrupt();
            until(() -> waits(waiting)); // it may end, or wait on
            gate.countDown();
            said(inside);
            said(waiting);
            scene.hasOnePlace();
        }
    }

    @Test @Needs("bounded") @Hint(2) @Promises("gives-back") @DisplayName("a query that fails gives its place back")
    void failing(Clone clone, RedisClone redis) throws Exception {
        try (var scene = new Scene(clone, redis, 2, Duration.ofMillis(500), LONG)) {
            for (var failure : Faults.ofEveryKind()) {
                if (failure instanceof SQLException || failure instanceof RuntimeException || failure instanceof Error) { // getConnection throws no other
                    scene.database.failure = failure;
                    for (int i = 0; i < 3; i++) {
                        passesOn("price, while the database is down as well", failure, scene);
                    }
                }
            }
            scene.database.failure = null;
            scene.costs(8, "Whose places are taken?");
            for (var method : List.of("prepareStatement", "close")) {
                var failure = new SQLException("the connection is broken", "08006");
                scene.database.breaking = connection -> Faults.failing(connection, failure, method);
                for (int i = 11; i < 14; i++) {
                    if (method.equals("close")) {
                        scene.outcome("article " + i); // the price, or the failure
                    } else {
                        passesOn("price, while the query fails", failure, scene);
                    }
                }
            }
            scene.database.breaking = connection -> connection;
            for (int i = 0; i < 3; i++) {
                Expect.equal("price of what is not there", "NoSuchElementException", scene.outcome("nothing"), "There is no such article.");
            }
            scene.costs(15, "Whose places are taken?");
        }
    }

    /** A slow machine may make it longer, once or twice, but never shorter. */
    private static void lasts(String what, Duration limit, Expect.Work work, String lookAt) throws Exception {
        withChances(() -> Expect.lasts(what, limit, work, lookAt));
    }

    private static void withChances(Expect.Work work) throws Exception {
        for (int chances = 2; ; chances--) {
            try {
                work.run();
                return;
            } catch (Mismatch e) {
                if (chances == 0) {
                    throw e;
                }
            }
        }
    }

    private static void passesOn(String what, Throwable failure, Scene scene) {
        Expect.passesOn(what, failure, () -> Expect.within(what, PATIENCE, () -> scene.prices.price("article 9")), "The exception of the query is the caller's.");
    }

    private static boolean waits(Task<?> task) {
        return task.isDone() || task.isWaiting();
    }

    /** The price, or what else came of it, in words. */
    private static Object said(Task<Long> task) throws InterruptedException {
        return switch (task.outcome(PATIENCE)) {
            case Task.Outcome.Value<Long>(var price) -> price;
            case Task.Outcome.Failed<Long>(var failure) -> failure instanceof SQLException sql ? "SQLException " + sql.getSQLState() : failure.getClass().getSimpleName();
            case Task.Outcome.StillRunning<Long> running -> running.toString();
        };
    }

    /** An answer, its Redis behind a wire, its database behind a counter. */
    private static final class Scene implements AutoCloseable {
        private final Wire wire;
        private final RedisClient cache;
        private final Counter database;
        private final Prices prices;
        private final lab.Login owner;

        Scene(Clone clone, RedisClone redis, int most, Duration patience, Duration pause) throws IOException {
            this(clone, redis, most, patience, pause, Duration.ofMillis(150));
        }

        /** @param givesUp when the client does */
        Scene(Clone clone, RedisClone redis, int most, Duration patience, Duration pause, Duration givesUp) throws IOException {
            try (var direct = RedisClient.create(redis.uri())) {
                direct.flushAll();
            }
            owner = clone.owner();
            wire = new Wire(redis);
            cache = RedisClient.builder().hostAndPort("127.0.0.1", wire.port()).clientConfig(DefaultJedisClientConfig.builder()
                .password(redis.password()).connectionTimeoutMillis((int) givesUp.toMillis()).socketTimeoutMillis((int) givesUp.toMillis()).build()).build();
            database = new Counter(clone);
            prices = new Prices(database.asDataSource(), cache, most, patience, pause);
        }

        Task<Long> start(String article) {
            return Task.start(() -> prices.price(article));
        }

        Object outcome(String article) throws InterruptedException {
            return said(start(article));
        }

        /** Behind everybody's back. */
        void set(int article, long cents) throws SQLException {
            Sql.query(owner, "update app.articles set cents = ? where name = ? returning 1", cents, "article " + article);
        }

        /** Where most is 1, and nobody is inside. */
        void hasOnePlace() throws InterruptedException {
            var gate = database.close();
            var one = start("article 1");
            var two = start("article 2");
            until(() -> waits(one) && waits(two) && database.inside.get() > 0);
            Expect.equal("Queries at once afterwards, of two who ask", 1, database.inside.get(), "Who got no place cannot give one back.");
            gate.countDown();
            said(one);
            said(two);
        }

        /** What somebody gets while the only place is taken. Who makes a query all the same is not waited for: it ends at the gate. */
        Object outcomeWithoutPlace(String article) throws InterruptedException {
            var task = start(article);
            until(() -> task.isDone() || database.inside.get() > 1);
            return task.isDone() ? task.outcome(PATIENCE) : "still waits, or makes a query";
        }

        /** Somebody else finds out that Redis is ill, which it is for a moment. Counts messages anew after that. */
        void failsForAnother() {
            try {
                wire.is(Wire.REFUSING);
                costs(2, "Redis refuses everything; PostgreSQL has the price.");
                wire.is(Wire.WELL);
                wire.heard.set(0);
            } catch (InterruptedException e) {
                throw Faults.sneak(e);
            }
        }

        /** Asks for a price until Redis is asked, or for longer than it should take. */
        void untilAsked(int article) throws InterruptedException {
            var before = wire.heard.get();
            var end = System.nanoTime() + 4 * MEASURED.toNanos();
            while (wire.heard.get() == before && System.nanoTime() < end) {
                costs(article, "Redis is well again.");
                Thread.sleep(5);
            }
        }

        void costs(int article, String lookAt) throws InterruptedException {
            Expect.equal("The price of article " + article, article * 100L, outcome("article " + article), lookAt);
        }

        @Override public void close() throws Exception {
            cache.close();
            wire.close();
            for (var connection : database.idle) {
                connection.close();
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
        private volatile Throwable failure;
        private volatile UnaryOperator<Connection> breaking = connection -> connection;
        private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

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
            if (failure != null) {
                throw Faults.sneak(failure);
            }
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            gate.await(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            onLend.run();
            var waiting = idle.poll();
            var connection = waiting != null ? waiting : Sql.connect(clone.app());
            var closed = new AtomicBoolean();
            return breaking.apply(proxy(Connection.class, (method, arguments) -> {
                if (method.getName().equals("close")) {
                    if (!closed.getAndSet(true)) {
                        inside.decrementAndGet();
                        idle.add(connection);
                    }
                    return null;
                }
                try {
                    return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                    throw (Exception) e.getCause();
                }
            }));
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
        static final String WELL = "is well";
        static final String SILENT = "says nothing";
        static final String CUT = "is gone";
        /** Answers when it may. */
        static final String HOLDING = "is slow";
        static final String REFUSING = "refuses everything";
        private static final byte[] REFUSAL = "-OOM command not allowed when used memory > 'maxmemory'.\r\n".getBytes(StandardCharsets.US_ASCII);
        private final RedisClone redis;
        private final ServerSocket door = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
        /** Messages of the client. */
        private final AtomicInteger heard = new AtomicInteger();
        /** Answers that wait until they may go. */
        private final AtomicInteger held = new AtomicInteger();
        private final CountDownLatch letGo = new CountDownLatch(1);
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
            if (now.equals(CUT) || now.equals(WELL)) { // also what was silent must be called anew
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
                    Thread.ofPlatform().daemon().start(() -> hear(caller, called));
                    Thread.ofPlatform().daemon().start(() -> answer(called, caller));
                } catch (IOException e) {
                    return; // the door was closed
                }
            }
        }

        private void hear(Socket client, Socket server) {
            var bytes = new byte[8192];
            try {
                for (int length; (length = client.getInputStream().read(bytes)) >= 0; ) {
                    heard.incrementAndGet();
                    if (state.equals(WELL) || state.equals(HOLDING)) {
                        server.getOutputStream().write(bytes, 0, length);
                    } else if (state.equals(REFUSING)) {
                        client.getOutputStream().write(REFUSAL);
                    }
                }
            } catch (IOException e) {
                // one of the two has hung up
            }
            hangUp(client);
            hangUp(server);
        }

        private void answer(Socket server, Socket client) {
            var bytes = new byte[8192];
            try {
                for (int length; (length = server.getInputStream().read(bytes)) >= 0; ) {
                    if (state.equals(HOLDING)) {
                        held.incrementAndGet();
                        letGo.await(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
                        client.getOutputStream().write(bytes, 0, length);
                    } else if (state.equals(WELL)) {
                        client.getOutputStream().write(bytes, 0, length);
                    }
                }
            } catch (IOException e) {
                // one of the two has hung up
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            hangUp(client);
            hangUp(server);
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

import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The mailbox runs in a thread, and the verifier writes to it. Ids are counted from the beginning of each check. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HearEverythingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For a moment that makes a check clearer and decides nothing: a right answer that needs longer passes, too. */
    private static final Duration COURTESY = Duration.ofSeconds(2);

    /** To count the attempts is not enough: on a busy machine somebody who never rests makes few of them as well. */
    private static final Duration HASTE = Duration.ofMillis(1);

    private static final Rows NONE = Rows.columns("count").row(0);

    /**
     * What a mailbox hears. One that has heard every bell and comes back from waiting with nothing, again and again, will
     * not read what it has not read by now: no need to wait until our patience is over.
     */
    private static final class Hearing implements Ear {
        private static final int IN_VAIN = 3;
        private static final Duration QUIET = Duration.ofSeconds(1); // it may wait in one thread and read in another
        private final AtomicInteger rung = new AtomicInteger();
        private final AtomicInteger heard = new AtomicInteger();
        private final AtomicInteger waitedInVain = new AtomicInteger();
        private volatile long lastSign = System.nanoTime();
        private volatile boolean listens;

        @Override public void after() {
            listens = true;
            somethingHappens();
        }

        @Override public void waited(int bells) {
            if (bells == 0) {
                waitedInVain.incrementAndGet();
                return;
            }
            somethingHappens();
            heard.addAndGet(bells);
        }

        /** There is a reason to look or to connect now: what was waited before says nothing. */
        void somethingHappens() {
            lastSign = System.nanoTime();
            waitedInVain.set(0);
        }

        /** Somebody is about to commit what rings. */
        void willRing() {
            rung.incrementAndGet();
        }

        boolean isDone() {
            return heard.get() >= rung.get() && waitsInVain();
        }

        /** Also for one that never listens: it fails at what it does not hear. */
        boolean hasBegun() {
            return listens || waitsInVain();
        }

        boolean waitsInVain() {
            return waitedInVain.get() >= IN_VAIN && System.nanoTime() - lastSign > QUIET.toNanos();
        }
    }

    /** A mailbox at work. */
    private static final class Running implements AutoCloseable {
        final List<String> read = Collections.synchronizedList(new ArrayList<>());
        final AtomicBoolean stop = new AtomicBoolean();
        final CompletableFuture<Object> end = new CompletableFuture<>();
        final List<Connection> connections = Collections.synchronizedList(new ArrayList<>());
        final Hearing hearing = new Hearing();

        Running(Mailbox.Connector connector, Mailbox.Reader reader) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    Mailbox.run(() -> {
                        var connection = heard(connector.connect(), hearing);
                        connections.add(connection);
                        return connection;
                    }, (id, body) -> {
                        read.add(body);
                        hearing.somethingHappens();
                        reader.read(id, body);
                    }, stop::get);
                    end.complete("returned");
                } catch (Throwable e) {
                    end.complete(e);
                }
            });
        }

        /** Waits until these messages have been read, and no others. */
        void expect(String when, String lookAt, String... bodies) throws Exception {
            await(PATIENCE, () -> read.size() >= bodies.length || hearing.isDone());
            Expect.equal("Messages that were read " + when, List.of(bodies), List.copyOf(read), end.isDone() ? "run ended: " + end.get() : lookAt);
        }

        /** Until this is so, or nothing will change any more, or the time is up. */
        void await(Duration patience, Callable<Boolean> enough) throws Exception {
            for (var limit = System.nanoTime() + patience.toNanos(); System.nanoTime() < limit && !enough.call() && !end.isDone(); ) {
                Thread.sleep(5);
            }
        }

        void write(Clone clone, String... bodies) throws SQLException {
            hearing.willRing();
            HearEverythingTest.write(clone, bodies);
        }

        /** Not between reading a message and noting it: that one would be read twice, and rightly. */
        void losesItsConnection(Clone clone) throws Exception {
            await(PATIENCE, () -> unread(clone).equals(NONE));
            kill(clone, connections.getLast());
            hearing.somethingHappens();
        }

        /** Stops it while it waits for the bell: a mailbox that is just reading would look at stop anyway. */
        Object stop(Clone clone) throws Exception {
            awaitRest(clone, COURTESY);
            stop.set(true);
            return Expect.within("run returns after stop says true", PATIENCE, () -> end.get());
        }

        /**
         * Until none of its connections was asked anything for a while. Some answers look each time they have waited, and
         * some never wait.
         */
        private void awaitRest(Clone clone, Duration patience) throws Exception {
            var pids = new ArrayList<Integer>();
            for (var connection : List.copyOf(connections)) {
                if (isOpen(connection)) {
                    pids.add(connection.unwrap(PGConnection.class).getBackendPID());
                }
            }
            try (var observer = clone.observer().connect()) {
                for (var limit = System.nanoTime() + patience.toNanos(); System.nanoTime() < limit && !rests(observer, pids) && !hearing.waitsInVain(); ) {
                    Thread.sleep(20);
                }
            }
        }

        private static boolean rests(Connection observer, List<Integer> pids) throws SQLException {
            return Rows.query(observer, """
                select 1 from pg_stat_activity
                where pid = any (?) and (state = 'active' or state_change > clock_timestamp() - interval '200 ms')""",
                observer.createArrayOf("int4", pids.toArray())).values().isEmpty();
        }

        @Override public void close() throws Exception {
            stop.set(true);
            for (var connection : List.copyOf(connections)) {
                connection.abort(Runnable::run); // does nothing to one that is closed
            }
            try {
                end.get(2, TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException stubborn) {
                // its thread is a daemon, and its connection is gone
            }
        }
    }

    @Test @Order(1) @Hint(2) @DisplayName("unread messages are read at the start, in order, and new ones when they come")
    void oldAndNew(Clone clone) throws Exception {
        begin(clone, "a", "b", "c");
        run(clone, "update app.messages set read_at = now() where body = 'b'");
        run(clone, "update app.messages set body = 'a' where body = 'a'"); // stands behind the others in the table now
        try (var mailbox = start(clone)) {
            mailbox.expect("at the start", "What is unread when you begin?", "a", "c");
            mailbox.write(clone, "d");
            mailbox.expect("when one came later", "Does it listen, and is it in a transaction while it does?", "a", "c", "d");
            mailbox.write(clone, "e", "f");
            mailbox.expect("when two came at once", "One ring may be for several messages.", "a", "c", "d", "e", "f");
        }
    }

    @Test @Order(2) @Needs("oldAndNew") @Hint(2) @DisplayName("what was read stays read, also for the next mailbox")
    void onceOnly(Clone clone) throws Exception {
        begin(clone, "a", "b");
        try (var mailbox = start(clone)) {
            mailbox.expect("at the start", "What is unread when you begin?", "a", "b");
            Expect.equal("How run ends", "returned", mailbox.stop(clone), "Stop is no failure.");
        }
        Expect.table("Messages without read_at", NONE, unread(clone), "Who notes that a message was read, and who commits?");
        try (var mailbox = start(clone)) {
            mailbox.write(clone, "c");
            mailbox.expect("by a second mailbox", "What the first one read is read.", "c");
        }
    }

    @Test @Order(3) @Needs("oldAndNew") @Hint(2) @DisplayName("messages are committed in another order than their ids")
    void lateCommit(Clone clone) throws Exception {
        begin(clone);
        try (var mailbox = start(clone); var slow = clone.app().connect(); var never = clone.app().connect()) {
            mailbox.write(clone, "zero");
            mailbox.expect("at first", "Does it listen?", "zero");
            for (var connection : List.of(slow, never)) {
                connection.setAutoCommit(false);
            }
            slow.createStatement().execute("insert into app.messages (body) values ('slow')");
            never.createStatement().execute("insert into app.messages (body) values ('never')");
            mailbox.write(clone, "fast");
            mailbox.expect("while an older one is not committed", "Only what is committed can be read.", "zero", "fast");
            never.rollback();
            mailbox.hearing.willRing();
            slow.commit();
            mailbox.expect("when the older one is committed", "Its id is lower than those that were read before it.", "zero", "fast", "slow");
        }
    }

    @Test @Order(4) @Needs("oldAndNew") @Hint(1) @DisplayName("nothing falls into the gap between looking and listening")
    void noGap(Clone clone) throws Exception {
        begin(clone, "a");
        try (var mailbox = new Running(() -> nosy(clone, "in the gap"), (id, body) -> { })) {
            mailbox.expect("when one is committed at the moment of `listen`", "What is committed after you looked and before you listen?", "a", "in the gap");
        }
    }

    @Test @Order(5) @Needs("oldAndNew") @Hint(1) @DisplayName("a broken connection costs no message")
    void reconnects(Clone clone) throws Exception {
        begin(clone, "a");
        var calls = new AtomicInteger();
        Mailbox.Connector shaky = () -> switch (calls.incrementAndGet()) {
            case 1, 4 -> clone.app().connect();
            case 2 -> {
                write(clone, "while it was away");
                throw new SQLException("the server is restarting", "57P03");
            }
            case 3 -> throw new SQLException("nobody answers", "08001");
            default -> nosy(clone, "in the gap");
        };
        try (var mailbox = new Running(shaky, (id, body) -> { })) {
            mailbox.expect("before the connection broke", "What is unread when you begin?", "a");
            mailbox.losesItsConnection(clone);
            mailbox.expect("after the connection broke, and could not be had twice", "Nobody keeps notifications for you. Look again.", "a", "while it was away");
            mailbox.write(clone, "back again");
            mailbox.expect("on the new connection", "A new connection does not listen by itself.", "a", "while it was away", "back again");
            mailbox.losesItsConnection(clone);
            mailbox.expect("when the connection broke once more", "First listen, then look, each time.", "a", "while it was away", "back again", "in the gap");
        }
    }

    @Test @Order(6) @Needs("oldAndNew") @Hint(2) @DisplayName("a reader that throws ends it, and the message is unread")
    void theReaderFails(Clone clone) throws Exception {
        for (var failure : List.of(new IllegalStateException("the reader has lost its glasses"), new SQLException("another database, another problem", "23505"))) {
            begin(clone, "a", "b", "c");
            var failed = new AtomicBoolean();
            var goesOn = new CompletableFuture<Object>();
            Mailbox.Reader fails = (id, body) -> {
                if (failed.get()) {
                    goesOn.complete("it still runs, and calls the reader again");
                }
                if (body.equals("b")) {
                    failed.set(true);
                    throw failure;
                }
            };
            try (var mailbox = new Running(clone.app()::connect, fails)) {
                Expect.equal("How run ends when the reader throws", failure,
                    Expect.within("run ends", PATIENCE, () -> CompletableFuture.anyOf(goesOn, mailbox.end).get()),
                    "The reader's failure is the caller's business, and no reason to connect again.");
            }
            try (var mailbox = start(clone)) {
                mailbox.expect("by the next mailbox", "A message is read when the reader has returned.", "b", "c");
            }
        }
    }

    @Test @Order(7) @Needs("oldAndNew") @Hint(2) @DisplayName("without a bell, it leaves the table alone")
    void doesNotPoll(Clone clone) throws Exception {
        begin(clone, "a");
        try (var mailbox = start(clone)) {
            mailbox.expect("at the start", "What is unread when you begin?", "a");
            mailbox.awaitRest(clone, PATIENCE);
            run(clone, """
                alter table app.messages disable trigger messages_ring;
                insert into app.messages (body) values ('silent');
                alter table app.messages enable trigger messages_ring""");
            mailbox.await(Duration.ofMillis(1200), () -> mailbox.read.size() > 1);
            mailbox.expect("after a message without a bell, for more than a second", "It looked although nothing rang.", "a");
            mailbox.write(clone, "loud");
            mailbox.expect("when the next one rang", "One ring may be for several messages.", "a", "silent", "loud");
        }
    }

    @Test @Order(8) @Needs("oldAndNew") @Hint(2) @DisplayName("it stops, and leaves no connection behind")
    void stops(Clone clone) throws Exception {
        begin(clone, "a");
        try (var mailbox = start(clone)) {
            mailbox.expect("at the start", "What is unread when you begin?", "a");
            Expect.equal("How run ends", "returned", mailbox.stop(clone), "Stop is no failure. Is every wait bounded?");
            Expect.equal("Connections that are still open", 0L, mailbox.connections.stream().filter(HearEverythingTest::isOpen).count(),
                "The connection belongs to you; who closes it?");
        }
        var attempts = new AtomicInteger();
        var lastFailure = new AtomicLong(Long.MIN_VALUE / 2);
        var hasty = new AtomicInteger();
        try (var mailbox = new Running(() -> {
            attempts.incrementAndGet();
            if (System.nanoTime() - lastFailure.get() < HASTE.toNanos()) {
                hasty.incrementAndGet();
            }
            lastFailure.set(System.nanoTime());
            throw new SQLException("nobody answers", "08001");
        }, (id, body) -> { })) {
            Thread.sleep(300);
            Expect.equal("How run ends when it never had a connection", "returned", mailbox.stop(clone), "Look at stop before you try again.");
        }
        Expect.that("Attempts to connect while nobody answers, in a third of a second", attempts.get() <= 100, "100 or fewer",
            attempts.get(), "A server that restarts has enough to do. Rest a little before you ask again.");
        Expect.that("Attempts to connect within a millisecond after the last one failed", hasty.get() <= 5, "5 or fewer",
            hasty.get(), "A server that restarts has enough to do. Rest a little before you ask again.");
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A mailbox that listens already: what comes before that is the business of {@link #noGap}. */
    private static Running start(Clone clone) throws Exception {
        var mailbox = new Running(clone.app()::connect, (id, body) -> { });
        mailbox.await(COURTESY, mailbox.hearing::hasBegun);
        return mailbox;
    }

    /** A connection that, just before it begins to listen, sees somebody else commit a message. */
    private static Connection nosy(Clone clone, String body) throws SQLException {
        var once = new AtomicBoolean();
        return heard(clone.app().connect(), new Ear() {
            @Override public void before() throws SQLException {
                if (once.compareAndSet(false, true)) {
                    write(clone, body);
                }
            }
        });
    }

    /** Is told when a connection is about to listen, when it does, and what each waiting has brought. */
    private interface Ear {
        default void before() throws SQLException { }

        default void after() { }

        default void waited(int bells) { }
    }

    private static Connection heard(Connection connection, Ear ear) {
        return (Connection) proxy(connection, "", ear, Connection.class, PGConnection.class);
    }

    private static Object proxy(Object target, String prepared, Ear ear, Class<?>... types) {
        return Proxy.newProxyInstance(HearEverythingTest.class.getClassLoader(), types, (self, method, arguments) -> {
            if (method.getName().equals("unwrap") && arguments[0] == PGConnection.class) {
                return self; // or its waiting would not be seen
            }
            var sql = arguments != null && arguments[0] instanceof String text ? text.toLowerCase(java.util.Locale.ROOT) : prepared;
            var listens = method.getName().startsWith("execute") && sql.contains("listen");
            if (listens) {
                ear.before();
            }
            try {
                var result = method.invoke(target, arguments);
                if (listens) {
                    ear.after();
                }
                if (method.getName().equals("getNotifications")) {
                    ear.waited(result == null ? 0 : ((PGNotification[]) result).length);
                }
                return result instanceof Statement && target instanceof Connection ? proxy(result, sql, ear, method.getReturnType()) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static void kill(Clone clone, Connection connection) throws SQLException {
        try (var observer = clone.observer().connect()) {
            Rows.query(observer, "select pg_terminate_backend(?, 5000)", connection.unwrap(PGConnection.class).getBackendPID());
        }
    }

    private static void write(Clone clone, String... bodies) throws SQLException {
        try (var app = clone.app().connect(); var insert = app.prepareStatement("insert into app.messages (body) select unnest(?)")) {
            insert.setArray(1, app.createArrayOf("text", bodies));
            insert.executeUpdate();
        }
    }

    /** These messages are there, unread, and no others. */
    private static void begin(Clone clone, String... bodies) throws SQLException {
        run(clone, "truncate app.messages");
        if (bodies.length > 0) {
            write(clone, bodies);
        }
    }

    private static Rows unread(Clone clone) throws SQLException {
        try (var owner = clone.owner().connect()) {
            return Rows.query(owner, "select count(*) from app.messages where read_at is null");
        }
    }

    private static void run(Clone clone, String sql) throws SQLException {
        try (var owner = clone.owner().connect(); var statement = owner.createStatement()) {
            statement.execute("set lock_timeout = '5s'");
            statement.execute(sql);
        }
    }
}

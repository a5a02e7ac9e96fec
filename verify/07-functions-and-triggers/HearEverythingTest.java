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
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The mailbox runs in a thread, and the verifier writes to it. Ids are counted from the beginning of each check. */
class HearEverythingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For a moment that makes a check clearer and decides nothing: a right answer that needs longer passes, too. */
    private static final Duration COURTESY = Duration.ofSeconds(2);

    /** Two seconds, and what a busy machine may add to them; three are three. */
    private static final Duration SOON = Duration.ofMillis(2600);

    /** Nobody who rests for 20 ms comes back before. Load makes it later, never earlier. */
    private static final Duration HASTE = Duration.ofMillis(15);

    private static final Duration READING = Duration.ofMillis(200);

    /** Begins with the first check and is looked at in the last one. */
    private static Absence absence;

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
        private final AtomicInteger waits = new AtomicInteger();
        private volatile long lastSign = System.nanoTime();
        private volatile boolean listens;
        private volatile int longestWait = Integer.MAX_VALUE;

        /** How long it really waits, in milliseconds, whatever it asks for: nobody wants to sit through an hour. */
        @Override public int waits(int milliseconds) {
            waits.incrementAndGet();
            return Math.min(milliseconds, longestWait);
        }

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

    /** Runs a mailbox, in whichever time. */
    static final class Caller implements BiFunction<Callable<Connection>, BiConsumer<Long, String>, Consumer<BooleanSupplier>> {
        @Override public Consumer<BooleanSupplier> apply(Callable<Connection> connector, BiConsumer<Long, String> reader) {
            return stop -> {
                try {
                    Mailbox.run(() -> connect(connector), reader::accept, stop);
                } catch (Exception e) {
                    throw Faults.sneak(e);
                }
            };
        }

        private static Connection connect(Callable<Connection> connector) {
            try {
                return connector.call();
            } catch (Exception e) {
                throw Faults.sneak(e);
            }
        }
    }

    /** A mailbox at work. */
    private static final class Running implements AutoCloseable {
        final List<String> read = Collections.synchronizedList(new ArrayList<>());
        final List<Long> ids = Collections.synchronizedList(new ArrayList<>());
        final AtomicBoolean stop = new AtomicBoolean();
        volatile RuntimeException stopFails;
        final CompletableFuture<Object> end = new CompletableFuture<>();
        final List<Connection> connections = Collections.synchronizedList(new ArrayList<>());
        final Hearing hearing = new Hearing();

        Running(Mailbox.Connector connector, Mailbox.Reader reader) {
            this(connector, reader, new Caller());
        }

        Running(Mailbox.Connector connector, Mailbox.Reader reader, BiFunction<Callable<Connection>, BiConsumer<Long, String>, Consumer<BooleanSupplier>> caller) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    caller.apply(() -> {
                        var connection = heard(connector.connect(), hearing);
                        connections.add(connection);
                        return connection;
                    }, (id, body) -> {
                        read.add(body);
                        ids.add(id);
                        hearing.somethingHappens();
                        try {
                            reader.read(id, body);
                        } catch (Exception e) {
                            throw Faults.sneak(e);
                        }
                    }).accept(() -> {
                        if (stopFails != null) {
                            throw stopFails;
                        }
                        return stop.get();
                    });
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
            breaks(clone);
        }

        /** Its socket is closed: the server has said nothing. */
        void losesItsNetwork(Clone clone) throws Exception {
            await(PATIENCE, () -> unread(clone).equals(NONE));
            connections.getLast().abort(Runnable::run);
            hearing.somethingHappens();
        }

        /** At this very moment. */
        void breaks(Clone clone) throws SQLException {
            Faults.kill(clone, connections.getLast());
            hearing.somethingHappens();
        }

        long openConnections() {
            return List.copyOf(connections).stream().filter(HearEverythingTest::isOpen).count();
        }

        /** Stops it when it has just begun to wait for the bell: a mailbox that is just reading would look at stop anyway. */
        Object stop() throws Exception {
            int before = hearing.waits.get();
            await(PATIENCE, () -> hearing.waits.get() > before);
            return stopNow();
        }

        Object stopNow() throws Exception {
            stop.set(true);
            return Expect.within("run returns after stop says true", SOON, () -> end.get(), "Is every wait bounded, and does it look at stop between two messages?");
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

    /**
     * A server that is away while the other checks run, and a mailbox that calls it in vain. Who rests longer and longer is
     * late for stop only after some seconds; like this nobody waits for them.
     */
    private static final class Absence implements AutoCloseable {
        /** As a rule the other checks take longer, so that nobody waits. Rests that double from 25 ms are too long by then. */
        private static final Duration ENOUGH = Duration.ofSeconds(6);
        /** A second, and what a busy machine may add to it. */
        private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1300);
        private static final Duration TICK = Duration.ofMillis(20);
        private final long begin = System.nanoTime();
        /** Counted in ticks: a clock of its own, which stands still when the machine does. */
        private final AtomicInteger unasked = new AtomicInteger();
        private final AtomicInteger longest = new AtomicInteger();
        private volatile boolean over;
        private final Thread mailbox = Thread.ofPlatform().daemon().start(() -> {
            try {
                Mailbox.run(Absence::connect, (id, body) -> { }, () -> {
                    unasked.set(0);
                    return over;
                });
            } catch (Throwable ended) {
                // others look at how it ends
            }
        });
        private final Thread clock = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (mailbox.isAlive()) {
                    Thread.sleep(TICK);
                    longest.accumulateAndGet(unasked.incrementAndGet(), Math::max);
                }
            } catch (InterruptedException closed) {
                // as it should be
            }
        });

        /** Takes a moment, so that one who never rests leaves the machine to the other checks. */
        private static Connection connect() throws SQLException {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException("nobody answers", "08001");
        }

        /** The longest time in which nobody asked for stop. */
        Duration longestUnasked() throws InterruptedException {
            while (longest().compareTo(BETWEEN_LOOKS) <= 0 && mailbox.isAlive() && System.nanoTime() - begin < ENOUGH.toNanos()) {
                Thread.sleep(TICK);
            }
            return longest();
        }

        private Duration longest() {
            return TICK.multipliedBy(longest.get());
        }

        @Override public void close() {
            over = true;
            clock.interrupt();
            mailbox.interrupt();
        }
    }

    @AfterAll static void endOfAbsence() {
        if (absence != null) {
            absence.close();
        }
    }

    @Test @Hint(2) @DisplayName("unread messages are read at the start, in order, and new ones when they come")
    @Promises({"every-message", "lowest-first"})
    void oldAndNew(Clone clone) throws Exception {
        absence = new Absence();
        begin(clone, "a", "b", "c");
        Sql.execute(clone.owner(), "update app.messages set read_at = now() where body = 'b'");
        Sql.execute(clone.owner(), "update app.messages set body = 'a' where body = 'a'"); // stands behind the others in the table now
        try (var mailbox = start(clone)) {
            mailbox.expect("at the start", "What is unread when you begin?", "a", "c");
            mailbox.write(clone, "d");
            mailbox.expect("when one came later", "Does it listen, and is it in a transaction while it does?", "a", "c", "d");
            mailbox.write(clone, "e", "f");
            mailbox.expect("when two came at once", "One ring may be for several messages.", "a", "c", "d", "e", "f");
            Expect.table("The ids of these messages", Rows.unnamed().row(mailbox.ids.get(0), "a").row(mailbox.ids.get(1), "c").row(mailbox.ids.get(2), "d")
                .row(mailbox.ids.get(3), "e").row(mailbox.ids.get(4), "f"), Sql.query(clone.owner(), "select id, body from app.messages where body <> 'b'"),
                "The reader gets the id and the body of the same message.");
        }
    }

    @Test @Needs("oldAndNew") @Hint(2) @DisplayName("a message is noted when it has been read, before the next one")
    @Promises("noted")
    void notedOneByOne(Clone clone) throws Exception {
        begin(clone, "a", "b", "c");
        var unread = Collections.synchronizedList(new ArrayList<String>());
        var atWork = new CompletableFuture<String>();
        try (var mailbox = new Running(clone.app()::connect, (id, body) -> {
            unread.add(body + ": " + Sql.text(clone.owner(), "select string_agg(body, ' ' order by id) from app.messages where read_at is null"));
            if (body.equals("b")) {
                atWork.complete(Sql.text(clone.owner(), "select clock_timestamp()::text"));
                Thread.sleep(READING);
            }
        })) {
            mailbox.expect("at the start", "What is unread when you begin?", "a", "b", "c");
            mailbox.await(PATIENCE, () -> unread(clone).equals(NONE));
            Expect.equal("While a message is read, the messages that are unread, as others see them", List.of("a: a b c", "b: b c", "c: c"), List.copyOf(unread),
                "A message is read when the reader has returned, not before, and not much later.");
            Expect.table("Messages that were read a moment ago", Rows.unnamed().row(3), Sql.query(clone.owner(),
                "select count(*) from app.messages where abs(extract(epoch from read_at - clock_timestamp())) < 60"), "Who notes that a message was read, and who commits? And which time?");
            Expect.table("Whether read_at of the second one is a time at which the reader had returned", Rows.unnamed().row(true), Sql.query(clone.owner(),
                "select read_at > ?::timestamptz + interval '100 ms' from app.messages where body = 'b'", atWork.get()), "Which moment is the present, and which one is `now()`?");
        }
    }

    @Test @Needs("oldAndNew") @Hint(2) @DisplayName("what was read stays read, also for the next mailbox")
    @Promises({"every-message", "noted", "stops"})
    void onceOnly(Clone clone) throws Exception {
        begin(clone, "a", "b");
        try (var mailbox = start(clone)) {
            mailbox.expect("at the start", "What is unread when you begin?", "a", "b");
            Expect.equal("How run ends", "returned", mailbox.stop(), "Stop is no failure.");
        }
        Expect.table("Messages without read_at", NONE, unread(clone), "Who notes that a message was read, and who commits?");
        try (var mailbox = start(clone)) {
            mailbox.write(clone, "c");
            mailbox.expect("by a second mailbox", "What the first one read is read.", "c");
        }
    }

    @Test @Needs("oldAndNew") @Hint(2) @DisplayName("messages are committed in another order than their ids")
    @Promises("late-commits")
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
            var fast = java.util.stream.IntStream.rangeClosed(1, 150).mapToObj(n -> "fast " + n).toArray(String[]::new);
            mailbox.write(clone, fast);
            var expected = new ArrayList<>(List.of("zero"));
            expected.addAll(List.of(fast));
            mailbox.expect("while an older one is not committed", "Only what is committed can be read.", expected.toArray(String[]::new));
            never.rollback();
            mailbox.hearing.willRing();
            slow.commit();
            expected.add("slow");
            mailbox.expect("when the older one is committed", "Its id is lower than those that were read before it.", expected.toArray(String[]::new));
        }
    }

    @Test @Needs("oldAndNew") @Hint(1) @DisplayName("nothing falls into the gap between looking and listening")
    @Promises("every-message")
    void noGap(Clone clone) throws Exception {
        begin(clone, "a");
        try (var mailbox = new Running(() -> nosy(clone, "in the gap"), (id, body) -> { })) {
            mailbox.expect("when one is committed at the moment of `listen`", "What is committed after you looked and before you listen?", "a", "in the gap");
        }
    }

    @Test @Needs("oldAndNew") @Hint(1) @DisplayName("a broken connection costs no message")
    @Promises({"reconnects", "every-message", "noted"})
    void reconnects(Clone clone) throws Exception {
        begin(clone, "a");
        var calls = new AtomicInteger();
        Mailbox.Connector shaky = () -> switch (calls.incrementAndGet()) {
            case 1, 6 -> clone.app().connect();
            case 2 -> {
                write(clone, "while it was away");
                throw new SQLException("the server is restarting", "57P03");
            }
            case 3 -> throw new SQLException("nobody answers", "08001");
            case 4 -> throw new SQLException("sorry, too many clients already", "53300");
            case 5 -> throw new java.sql.SQLTransientConnectionException("the pool has none to spare");
            default -> nosy(clone, "in the gap");
        };
        try (var mailbox = new Running(shaky, (id, body) -> { })) {
            mailbox.expect("before the connection broke", "What is unread when you begin?", "a");
            mailbox.await(PATIENCE, () -> unread(clone).equals(NONE));
            var noted = Sql.query(clone.owner(), "select read_at from app.messages where body = 'a'");
            mailbox.losesItsConnection(clone);
            mailbox.expect("after the connection broke, and could not be had four times", "Nobody keeps notifications for you. Look again.", "a", "while it was away");
            mailbox.write(clone, "back again");
            mailbox.expect("on the new connection", "A new connection does not listen by itself.", "a", "while it was away", "back again");
            mailbox.losesItsNetwork(clone);
            mailbox.expect("when the network broke", "First listen, then look, each time.", "a", "while it was away", "back again", "in the gap");
            Expect.table("When the first message was read", noted, Sql.query(clone.owner(), "select read_at from app.messages where body = 'a'"),
                "What is noted is noted. Why once more?");
        }
    }

    @Test @Needs("reconnects") @Hint(1) @DisplayName("nor does one that the server ends because it was idle for long")
    @Promises({"reconnects", "every-message"})
    void endsWhenIdle(Clone clone) throws Exception {
        begin(clone, "a");
        var calls = new AtomicInteger();
        Mailbox.Connector impatient = () -> {
            var connection = clone.app().connect();
            if (calls.incrementAndGet() == 1) {
                Sql.execute(connection, "set idle_session_timeout = '500ms'"); // ends with 57P05
            }
            return connection;
        };
        try (var mailbox = new Running(impatient, (id, body) -> { })) {
            mailbox.expect("before it was idle", "It was there.", "a");
            Task.until(Duration.ofSeconds(3), () -> calls.get() > 1); // who asks the server now and then is not idle
            mailbox.write(clone, "back again");
            mailbox.expect("after the server has ended an idle session (SQLSTATE 57P05)", "By which SQLSTATEs do you know that a connection is lost?", "a", "back again");
        }
    }

    @Test @Needs("reconnects") @Hint(2) @DisplayName("a connection that breaks while the reader reads brings nothing twice")
    @Promises({"every-message", "reconnects"})
    void breaksWhileReading(Clone clone) throws Exception {
        begin(clone, "a", "b", "c");
        var running = new CompletableFuture<Running>();
        try (var mailbox = new Running(clone.app()::connect, (id, body) -> {
            if (body.equals("b")) {
                running.get().breaks(clone);
            }
        })) {
            running.complete(mailbox);
            mailbox.expect("when the connection broke in the middle of the second one", "It was read, and could not be noted. Who knows that it was read?", "a", "b", "c");
            mailbox.await(PATIENCE, () -> unread(clone).equals(NONE));
            Expect.table("Messages without read_at", NONE, unread(clone), "It was read, and could not be noted. Who knows that it was read?");
            mailbox.write(clone, "d");
            mailbox.expect("when one more came", "Does the new connection listen?", "a", "b", "c", "d");
        }
    }

    @Test @Needs("breaksWhileReading") @Hint(2) @DisplayName("what was read when the connection broke is noted before the next one is handed over")
    @Promises({"noted", "lowest-first"})
    void notedFirst(Clone clone) throws Exception {
        begin(clone, "a", "b", "c");
        var running = new CompletableFuture<Running>();
        var unread = Collections.synchronizedList(new ArrayList<String>());
        try (var mailbox = new Running(clone.app()::connect, (id, body) -> {
            unread.add(body + ": " + Sql.text(clone.owner(), "select string_agg(body, ' ' order by id) from app.messages where read_at is null"));
            if (body.equals("b")) {
                Sql.execute(clone.owner(), "insert into app.messages (id, body) overriding system value values (0, 'late')");
                running.get().breaks(clone);
            }
        })) {
            running.complete(mailbox);
            mailbox.expect("when the connection broke in the middle of the second one, and one with a lower id had been committed", "The one with the lowest id comes first.",
                "a", "b", "late", "c");
            mailbox.await(PATIENCE, () -> unread(clone).equals(NONE));
            Expect.equal("While a message is read, the messages that are unread, as others see them", List.of("a: a b c", "b: b c", "late: late c", "c: c"), List.copyOf(unread),
                "On a new connection, what was read is noted before anything else is handed over.");
        }
    }

    @Test @Needs("breaksWhileReading") @Hint(2) @DisplayName("neither do several connections that break, one after the other")
    @Promises({"every-message", "reconnects"})
    void breaksAgain(Clone clone) throws Exception {
        begin(clone, "a", "b", "c");
        var running = new CompletableFuture<Running>();
        var calls = new AtomicInteger();
        Mailbox.Connector shaky = () -> {
            var connection = clone.app().connect();
            return switch (calls.incrementAndGet()) {
                case 2, 4 -> heard(connection, new Ear() { // breaks as soon as it listens
                    @Override public void after() throws SQLException {
                        Faults.kill(clone, connection);
                    }
                });
                case 3 -> {
                    Faults.kill(clone, connection);
                    yield connection;
                }
                default -> connection;
            };
        };
        try (var mailbox = new Running(shaky, (id, body) -> {
            if (body.equals("b")) {
                running.get().breaks(clone);
            }
        })) {
            running.complete(mailbox);
            mailbox.expect("when the connection broke in the middle of the second one, and the next three as well",
                "It was read, and could not be noted, again and again. Until when do you remember it?", "a", "b", "c");
            mailbox.await(PATIENCE, () -> unread(clone).equals(NONE));
            Expect.table("Messages without read_at", NONE, unread(clone), "It was read, and could not be noted. Who knows that it was read?");
        }
    }

    @Test @Needs("oldAndNew") @Hint(2) @DisplayName("a reader that throws ends it, and the message is unread")
    @Promises({"reader-throws", "closes"})
    void theReaderFails(Clone clone) throws Exception {
        for (var failure : List.of(new IllegalStateException("a bug"), new java.io.IOException("a checked exception"), new AssertionError("an error"),
                new InterruptedException("an interrupt"), new SQLException("the orders' database is away", "08006"),
                new java.sql.SQLTransactionRollbackException("the orders' database could not serialize access", "40001"))) {
            readerFails(clone, failure, clone.app()::connect, () -> { });
        }
        readerFails(clone, new SQLException("the orders' database is restarting", "57P01"),
            () -> Faults.failing(clone.app().connect(), new SQLException("the farewell failed", "08006"), "close"), () -> { });
    }

    @Test @Needs("reconnects") @Hint(2) @DisplayName("a connection on which it cannot listen is closed as well")
    @Promises({"closes", "reconnects"})
    void cannotListen(Clone clone) throws Exception {
        begin(clone, "a");
        var calls = new AtomicInteger();
        var closed = new AtomicBoolean();
        try (var mailbox = new Running(() -> {
            var connection = clone.app().connect();
            if (calls.incrementAndGet() > 1) {
                return connection;
            }
            Faults.kill(clone, connection);
            return noting(connection, closed);
        }, (id, body) -> { })) {
            mailbox.expect("on a second connection", "The first one was lost before it listened.", "a");
            Expect.equal("Whether the first one was closed", true, closed.get(), "From which line on is the connection yours?");
        }
    }

    @Test @Needs("theReaderFails") @Hint(2) @DisplayName("a reader that throws when the connection has broken ends it as well")
    @Promises({"reader-throws", "closes"})
    void bothFail(Clone clone) throws Exception {
        var connections = Collections.synchronizedList(new ArrayList<Connection>());
        for (var failure : List.of(new SQLException("the orders' database is away", "08006"), new IllegalStateException("no glasses"))) {
            readerFails(clone, failure, () -> {
                connections.add(clone.app().connect());
                return connections.getLast();
            }, () -> Faults.kill(clone, connections.getLast()));
        }
    }

    /** The reader reads "a", and throws at "b", after it has done this. */
    private static void readerFails(Clone clone, Throwable failure, Mailbox.Connector connector, Expect.Work before) throws Exception {
        begin(clone, "a", "b", "c");
        var failed = new AtomicBoolean();
        var goesOn = new CompletableFuture<Object>();
        Mailbox.Reader fails = (id, body) -> {
            if (failed.get()) {
                goesOn.complete("it still runs, and calls the reader again");
            }
            if (body.equals("b")) {
                failed.set(true);
                before.run();
                throw Faults.sneak(failure);
            }
        };
        try (var mailbox = new Running(connector, fails)) {
            var ended = Expect.within("run ends", PATIENCE, () -> CompletableFuture.anyOf(goesOn, mailbox.end).get());
            Expect.that("How run ends when the reader throws", ended == failure, "the very object: " + failure, ended,
                "The reader's failure is the caller's business, and no reason to connect again.");
            Expect.equal("Connections that are still open", 0L, mailbox.openConnections(), "The connection belongs to you; who closes it?");
        }
        Expect.table("Messages that are unread after the reader threw " + failure, Rows.unnamed().row("b").row("c"),
            Sql.query(clone.owner(), "select body from app.messages where read_at is null"), "A message is read when the reader has returned.");
    }

    @Test @Needs("oldAndNew") @Hint(2) @DisplayName("without a bell, it leaves the table alone")
    @Promises("leaves-alone") @SuppressWarnings("unchecked")
    void doesNotPoll(Clone clone) throws Exception {
        begin(clone, "a");
        // While it waits for a blink, its clocks go on by hours.
        BiFunction<Callable<Connection>, BiConsumer<Long, String>, Consumer<BooleanSupplier>> hasty = OtherProcess.startInFastTime(Caller.class, BiFunction.class);
        try (var mailbox = new Running(clone.app()::connect, (id, body) -> { }, hasty)) {
            mailbox.await(COURTESY, mailbox.hearing::hasBegun);
            mailbox.expect("at the start", "What is unread when you begin?", "a");
            mailbox.await(PATIENCE, () -> unread(clone).equals(NONE));
            mailbox.hearing.longestWait = 5;
            int connected = mailbox.connections.size();
            Sql.execute(clone.owner(), """
                alter table app.messages disable trigger messages_ring;
                insert into app.messages (body) values ('silent');
                alter table app.messages enable trigger messages_ring""");
            mailbox.hearing.somethingHappens();
            mailbox.await(Duration.ofMillis(1500), () -> mailbox.read.size() > 1 || mailbox.hearing.waitedInVain.get() > 30);
            if (mailbox.connections.size() == connected) { // who has a new connection may look
                Expect.equal("Messages that were read after one came without a bell, and the mailbox had waited for a while", List.of("a"), List.copyOf(mailbox.read),
                    "It looked although nothing rang.");
            }
            mailbox.write(clone, "loud");
            mailbox.expect("when the next one rang", "One ring may be for several messages.", "a", "silent", "loud");
        }
    }

    @Test @Needs("oldAndNew") @Hint(2) @DisplayName("it stops, and leaves no connection behind")
    @Promises({"stops", "closes"})
    void stops(Clone clone) throws Exception {
        begin(clone, "a");
        try (var mailbox = start(clone)) {
            mailbox.expect("at the start", "What is unread when you begin?", "a");
            mailbox.losesItsConnection(clone);
            mailbox.write(clone, "b");
            mailbox.expect("on a new connection", "Nobody keeps notifications for you. Look again.", "a", "b");
            Expect.equal("How run ends", "returned", mailbox.stop(), "Stop is no failure. Is every wait bounded?");
            Expect.equal("Connections that are still open", 0L, mailbox.openConnections(), "The connection belongs to you; who closes it?");
        }
    }

    @Test @Needs("stops") @Hint(2) @DisplayName("when stop itself fails, no connection is left either")
    @Promises("closes")
    void stopFails(Clone clone) throws Exception {
        begin(clone, "a");
        try (var mailbox = start(clone)) {
            mailbox.expect("at the start", "What is unread when you begin?", "a");
            mailbox.stopFails = new IllegalStateException("nobody knows whether to stop");
            mailbox.await(PATIENCE, mailbox.end::isDone);
            if (mailbox.end.isDone()) {
                Expect.equal("Connections that are still open when run has ended because stop threw", 0L, mailbox.openConnections(),
                    "However it ends, the connection belongs to you; who closes it?");
            }
        }
    }

    @Test @Needs("stops") @Hint(2) @DisplayName("it stops in the middle of many messages")
    @Promises("stops")
    void stopsInTheMiddle(Clone clone) throws Exception {
        begin(clone, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        var running = new CompletableFuture<Running>();
        try (var mailbox = new Running(clone.app()::connect, (id, body) -> {
            if (body.compareTo("c") > 0) {
                Thread.sleep(900); // a reader that is slower after the stop makes the difference plain
            }
            running.get().stop.set(body.equals("c") || running.get().stop.get());
        })) {
            running.complete(mailbox);
            mailbox.await(PATIENCE, mailbox.stop::get);
            Expect.equal("How run ends", "returned", mailbox.stopNow(), "Stop is no failure.");
        }
    }

    @Test @Needs("stops") @Hint(2) @DisplayName("it rests before it connects again, and stops there as well")
    @Promises({"rests", "stops"})
    void rests(Clone clone) throws Exception {
        begin(clone);
        hurries(clone, "nobody answers", () -> {
            throw new SQLException("nobody answers", "08001");
        });
        hurries(clone, "each new connection breaks at once", () -> {
            var connection = clone.app().connect();
            Faults.kill(clone, connection);
            return connection;
        });
        var unasked = absence.longestUnasked();
        Expect.that("The longest time in which it did not look at stop, while nobody answered for some seconds", unasked.compareTo(Absence.BETWEEN_LOOKS) <= 0, "a second at most",
            unasked.toMillis() / 1000.0 + " s", "Whoever says stop in the middle of a long rest waits until it is over.");
    }

    private static void hurries(Clone clone, String when, Mailbox.Connector connector) throws Exception {
        var attempts = new AtomicInteger();
        var last = new AtomicLong(System.nanoTime() - Duration.ofHours(1).toNanos());
        var hasty = new AtomicInteger();
        try (var mailbox = new Running(() -> {
            attempts.incrementAndGet();
            if (System.nanoTime() - last.get() < HASTE.toNanos()) {
                hasty.incrementAndGet();
            }
            try {
                return connector.connect();
            } finally {
                last.set(System.nanoTime());
            }
        }, (id, body) -> { })) {
            mailbox.await(COURTESY, () -> attempts.get() >= 3);
            Expect.equal("How run ends while " + when, "returned", mailbox.stopNow(), "Look at stop before you try again.");
        }
        Expect.that("Attempts to connect while " + when, hasty.get() == 0, "20 ms or more between two of them", hasty.get() + " of " + attempts.get() + " came sooner",
            "A server that restarts has enough to do. Rest a little before you ask again.");
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

        default void after() throws SQLException { }

        default int waits(int milliseconds) {
            return milliseconds;
        }

        default void waited(int bells) { }
    }

    private static Connection noting(Connection connection, AtomicBoolean closed) {
        return (Connection) Proxy.newProxyInstance(HearEverythingTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
            closed.compareAndSet(false, method.getName().equals("close") || method.getName().equals("abort"));
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
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
            var waits = method.getName().equals("getNotifications");
            if (waits) {
                int asked = arguments == null ? 0 : (Integer) arguments[0];
                int allowed = ear.waits(asked);
                arguments = asked > 0 ? new Object[] {allowed} : arguments;
            }
            try {
                var result = method.invoke(method.getDeclaringClass().isInstance(target) ? target : ((Connection) target).unwrap(method.getDeclaringClass()), arguments);
                if (listens) {
                    ear.after();
                }
                if (waits) {
                    ear.waited(result == null ? 0 : ((PGNotification[]) result).length);
                }
                return result instanceof Statement && target instanceof Connection ? proxy(result, sql, ear, method.getReturnType()) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static void write(Clone clone, String... bodies) throws SQLException {
        try (var app = clone.app().connect(); var insert = app.prepareStatement("insert into app.messages (body) select unnest(?)")) {
            insert.setArray(1, app.createArrayOf("text", bodies));
            insert.executeUpdate();
        }
    }

    /** These messages are there, unread, and no others. */
    private static void begin(Clone clone, String... bodies) throws SQLException {
        Sql.execute(clone.owner(), "truncate app.messages");
        if (bodies.length > 0) {
            write(clone, bodies);
        }
    }

    private static Rows unread(Clone clone) throws SQLException {
        return Sql.query(clone.owner(), "select count(*) from app.messages where read_at is null");
    }
}

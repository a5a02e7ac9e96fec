import grading.*;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.SocketFactory;
import lab.Login;
import org.junit.jupiter.api.*;

/** Each check fills the table with the events it needs; the first takes those that are there. */
class StreamAMillionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(18);
    private static final int MOST_AHEAD = 2000;

    /** Of {@value} characters each, all alike on their way: what a portion has besides its rows is less than half a row. */
    private static final int LONG_NOTE = 2100;
    private static final int LONG_EVENTS = 5000;

    /** Where the sink takes its time. No two of them are the same distance from the end of a portion. */
    private static final Set<Integer> WAITS = Set.of(0, 101, 1337, 2502);

    /** More than somebody would take in one page, or in one block of pages. */
    private static final int MANY_EVENTS = 120_000;

    private static final String AS_STORED = "In the order of the ids, each of them once, with its own note.";
    private static final String SAME_OBJECT = "Not wrapped, not replaced by what went wrong afterwards.";
    private static final String NEXT_USER = "The next user of this connection expects what you got.";

    private record Event(long id, String note) {
        @Override public String toString() {
            return id + " '" + (note == null || note.length() <= 30 ? note : note.substring(0, 30) + "…") + "'";
        }
    }

    @Test @DisplayName("every event arrives once, in the order of the ids, with its note")
    @Promises("every-event")
    void handsOnEverything(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            expectEvents("the events that the sink got", stored(clone), exported(connection), AS_STORED);
        }
    }

    @Test @Needs("handsOnEverything") @Hint(1) @DisplayName("no more than 2000 events wait in memory")
    @Promises("few-in-memory")
    void holdsFew(Clone clone) throws Exception {
        fillWithLongNotes(clone);
        try (var connection = watched(clone.app())) {
            var taken = new ArrayList<Long>();
            var before = CountingSockets.TAKEN.get();
            run(connection, (id, note) -> {
                if (WAITS.contains(taken.size())) {
                    waitUntilNothingComes(); // some read ahead on a thread of their own
                }
                taken.add(CountingSockets.TAKEN.get() - before);
            });
            var ahead = mostAhead(taken, CountingSockets.TAKEN.get() - before);
            Expect.that("the most events that had reached the program before the sink got them", ahead <= MOST_AHEAD,
                "at most " + MOST_AHEAD, ahead + " of " + LONG_EVENTS,
                "When does the driver fetch in portions, and when does it ignore that you asked for it? And what do you hold yourself?");
        }
    }

    @Test @Needs("holdsFew") @Hint(2) @DisplayName("when the sink throws, the rest is not read")
    @Promises("sink-throws")
    void readsNoFurther(Clone clone) throws Exception { // of the events that holdsFew has filled in
        try (var connection = watched(clone.app())) {
            var atThrow = new AtomicLong();
            var full = new IOException("the disk is full");
            Expect.passesOn("what export throws when the sink throws at the first event", full, () -> export(connection, (id, note) -> {
                atThrow.compareAndSet(0, CountingSockets.TAKEN.get());
                throw full;
            }), SAME_OBJECT);
            var more = (CountingSockets.TAKEN.get() - atThrow.get()) / LONG_NOTE;
            Expect.that("the events that reached the program after the sink threw at the first of " + LONG_EVENTS, more < LONG_EVENTS / 2,
                "none that you asked for", "about " + more, "What for? The sink has said that it cannot go on.");
        }
    }

    @Test @Needs("handsOnEverything") @Hint(1) @DisplayName("few events or none, none is lost at the end of a portion")
    @Promises("every-event")
    void anyNumber(Clone clone) throws Exception {
        var random = RandomData.create();
        for (var count : List.of(0, 1, 1000, random.number(2, 400))) {
            fill(clone, count, random.number(1, 1000));
            try (var connection = clone.app().connect()) {
                expectEvents("the events that the sink got of " + count, stored(clone), exported(connection), AS_STORED);
            }
        }
    }

    @Test @Needs("handsOnEverything") @Hint(1) @DisplayName("what others change meanwhile is left out, and nobody waits")
    @Promises("one-picture")
    void givesOnePicture(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "truncate events; insert into events select id, 'event ' || id from generate_series(1, %d) as id".formatted(MANY_EVENTS));
        try (var connection = clone.app().connect(); var others = Sql.connect(clone.owner())) {
            Sql.execute(others, "set lock_timeout = '2s'");
            var events = new ArrayList<Event>();
            run(connection, (id, note) -> {
                if (events.isEmpty()) {
                    write(others, """
                        delete from events where id between 1 and 100 or id in (1500, 2500, 119000);
                        update events set note = 'changed meanwhile' where id in (1700, 11500, 118000);
                        insert into events values (120001, 'inserted meanwhile'), (-5, 'inserted meanwhile')""");
                } else if (events.size() == MANY_EVENTS / 2) {
                    write(others, """
                        delete from events where id in (60100, 100000);
                        update events set note = 'changed meanwhile' where id between 60500 and 61500 or id = 119500""");
                }
                events.add(new Event(id, note));
            });
            var expected = IntStream.rangeClosed(1, MANY_EVENTS).mapToObj(id -> new Event(id, "event " + id)).toList();
            expectEvents("the events that the sink got while others deleted, changed and inserted some", expected, events,
                "As they were when the export began. Each statement sees a snapshot of its own, unless the isolation level says otherwise.");
        }
    }

    @Test @Needs("handsOnEverything") @Hint(2) @DisplayName("the connection comes back as it was given")
    @Promises({"as-given", "every-event"})
    void restores(Clone clone) throws Exception {
        fill(clone, 2500, 1);
        var expected = stored(clone);
        for (var isolation : Isolation.values()) {
            for (var autoCommit : new boolean[] {true, false}) {
                try (var connection = isolation.connect(clone.app())) {
                    connection.setAutoCommit(autoCommit);
                    var lent = ConnectionState.of(connection);
                    expectEvents("the events that the sink got, on a connection with autocommit " + onOff(autoCommit) + ", " + isolation,
                        expected, exported(connection), AS_STORED);
                    Expect.asLent("what is different in the connection after the export", lent, ConnectionState.of(connection), NEXT_USER);
                }
            }
        }
        try (var connection = clone.app().connect()) {
            Sql.execute(connection, "set lock_timeout = '5s'; set statement_timeout = '54s'; set search_path = public, pg_temp; set cursor_tuple_fraction = 0.3");
            connection.setReadOnly(true);
            var lent = ConnectionState.of(connection);
            expectEvents("the events that the sink got, on a connection that is read-only", expected, exported(connection), AS_STORED);
            Expect.asLent("what is different in a read-only connection after the export", lent, ConnectionState.of(connection), NEXT_USER);
        }
    }

    @Test @Needs({"givesOnePicture", "restores"}) @Hint(1) @DisplayName("it is one picture with any isolation that the connection has")
    @Promises({"one-picture", "as-given"})
    void givesOnePictureAtAnyLevel(Clone clone) throws Exception {
        try (var others = Sql.connect(clone.owner())) {
            for (var isolation : List.of(Map.entry("read uncommitted", Connection.TRANSACTION_READ_UNCOMMITTED), Map.entry("repeatable read", Connection.TRANSACTION_REPEATABLE_READ),
                    Map.entry("serializable", Connection.TRANSACTION_SERIALIZABLE))) {
                for (var autoCommit : new boolean[] {true, false}) {
                    fill(clone, 4200, 1);
                    var expected = stored(clone);
                    try (var connection = clone.app().connect()) {
                        connection.setTransactionIsolation(isolation.getValue());
                        connection.setAutoCommit(autoCommit);
                        var lent = ConnectionState.of(connection);
                        var events = new ArrayList<Event>();
                        run(connection, (id, note) -> {
                            if (events.isEmpty()) {
                                write(others, "delete from events where id in (2300, 4200); update events set note = 'changed meanwhile' where id in (2400, 4100); insert into events values (4201, 'inserted meanwhile')");
                            }
                            events.add(new Event(id, note));
                        });
                        var on = "on a connection with autocommit " + onOff(autoCommit) + ", " + isolation.getKey();
                        expectEvents("the events that the sink got while others deleted, changed and inserted some, " + on, expected, events, "As they were when the export began.");
                        Expect.asLent("what is different in the connection after the export, " + on, lent, ConnectionState.of(connection), NEXT_USER);
                    }
                }
            }
        }
    }

    @Test @Needs("restores") @Hint(2) @DisplayName("a sink that throws ends the export, and the connection comes back as it was given")
    @Promises({"sink-throws", "as-given"})
    void stops(Clone clone) throws Exception {
        fill(clone, 2500, 1);
        for (var autoCommit : new boolean[] {true, false}) {
            try (var connection = clone.app().connect()) {
                connection.setAutoCommit(autoCommit);
                var lent = ConnectionState.of(connection);
                var at = autoCommit ? 10 : 2500;
                for (var failure : everyFailure()) {
                    var calls = new AtomicInteger();
                    Expect.passesOn("what export throws when the sink throws", failure, () -> export(connection, (id, note) -> {
                        if (calls.incrementAndGet() >= at) {
                            throw Faults.sneak(failure);
                        }
                    }), SAME_OBJECT);
                    Expect.equal("the events that the sink was offered when it threw at number " + at, at, calls.get(), "It had said that it cannot go on.");
                    Expect.asLent("what is different in the connection after the sink threw \"" + failure.getMessage() + "\"", lent,
                        ConnectionState.of(connection), NEXT_USER);
                }
            }
        }
    }

    @Test @Needs("stops") @Hint(2) @DisplayName("a connection that breaks hides nothing")
    @Promises({"sink-throws", "every-event"})
    void survivesADeadConnection(Clone clone) throws Exception {
        fill(clone, 2500, 1);
        for (var failure : List.of(new IOException("the disk is full"), new AssertionError("an error"))) {
            try (var connection = clone.app().connect()) {
                connection.setAutoCommit(failure instanceof IOException);
                Expect.passesOn("what export throws when the sink throws and the connection is dead", failure, () -> export(connection, (id, note) -> {
                    Faults.kill(clone, connection);
                    throw Faults.sneak(failure);
                }), "What throws in a catch or a finally replaces what was thrown before.");
            }
        }
        try (var connection = clone.app().connect()) {
            var calls = new AtomicInteger();
            var outcome = Task.start(() -> {
                Export.export(connection, (id, note) -> {
                    if (calls.incrementAndGet() == 10) {
                        Faults.kill(clone, connection);
                    }
                });
                return calls.get() + " of 2500 events were handed on, and export ended well";
            }).outcome(PATIENCE);
            Expect.that("what comes of the export when the connection breaks at the tenth event", !outcome.sqlState().isEmpty(), "an SQLException",
                outcome, "Whoever gets the report must know that it is not complete.");
        }
    }

    @Test @Needs("stops") @Hint(2) @DisplayName("an export that is interrupted is complete, or tells")
    @Promises("every-event")
    void isCompleteOrTells(Clone clone) throws Exception {
        fill(clone, 2500, 1);
        try (var connection = clone.app().connect()) {
            var calls = new AtomicInteger();
            var outcome = Task.start(() -> {
                Export.export(connection, (id, note) -> {
                    if (calls.incrementAndGet() == 10) {
                        Thread.currentThread().interrupt();
                    }
                });
                return calls.get();
            }).outcome(PATIENCE);
            Expect.that("the events that the sink got when its thread was interrupted at the tenth, and export ended well",
                outcome instanceof Task.Outcome.Failed || outcome instanceof Task.Outcome.Value<Integer>(var all) && all == 2500, "all 2500, or an exception",
                outcome, "Whoever gets the report must know that it is not complete.");
        }
    }

    @Test @Needs("handsOnEverything") @Hint(1) @DisplayName("the smallest and the greatest id there can be are ids, too")
    @Promises("every-event")
    void anyId(Clone clone) throws Exception {
        var rows = EdgeData.numbers().stream().map("('%d', 'an event')"::formatted).collect(Collectors.joining(", "));
        Sql.execute(clone.owner(), "truncate events; insert into events values " + rows);
        try (var connection = clone.app().connect()) {
            expectEvents("the events that the sink got", stored(clone), exported(connection), AS_STORED);
        }
    }

    /** Also such as are caught for another reason: a sink may have a database of its own. */
    private static List<Throwable> everyFailure() {
        var failures = new ArrayList<>(Faults.ofEveryKind());
        failures.add(new Throwable("neither an Exception nor an Error"));
        failures.add(new SQLException("the sink's own database is away", "08006"));
        failures.add(new SQLException("the sink's own transaction lost", "40001"));
        return failures;
    }

    private static void waitUntilNothingComes() throws InterruptedException {
        for (long before = -1, i = 0; before != CountingSockets.TAKEN.get() && i < 50; i++) {
            before = CountingSockets.TAKEN.get();
            Thread.sleep(50);
        }
    }

    /** @param taken bytes that the program had taken when the sink got the first event, the second, and so on */
    private static long mostAhead(List<Long> taken, long all) {
        return IntStream.range(0, taken.size()).mapToLong(i -> Math.round((double) taken.get(i) * LONG_EVENTS / all) - i).max().orElse(0);
    }

    private static void expectEvents(String what, List<Event> expected, List<Event> events, String lookAt) {
        for (int i = 0; i < Math.min(events.size(), expected.size()); i++) {
            if (!expected.get(i).equals(events.get(i))) { // no text is made of a hundred thousand that are right
                Expect.equal(what + ": number " + (i + 1), expected.get(i), events.get(i), lookAt);
            }
        }
        Expect.equal(what + ": how many", expected.size(), events.size(), lookAt);
    }

    private static List<Event> stored(Clone clone) throws SQLException {
        return Sql.query(clone.owner(), "select id, note from events order by id").values().stream()
            .map(row -> new Event(((Number) row.get(0)).longValue(), (String) row.get(1))).toList();
    }

    private static List<Event> exported(Connection connection) throws Exception {
        var events = new ArrayList<Event>();
        run(connection, (id, note) -> events.add(new Event(id, note)));
        return events;
    }

    /** So many events with ids that are so far apart, stored in no order. */
    private static void fill(Clone clone, int count, int step) throws SQLException {
        Sql.execute(clone.owner(), """
            truncate events;
            insert into events select id, 'event ' || id from (select (1 + i * 7919 %% %d) * %d as id from generate_series(1, %d) as i) as event"""
            .formatted(Math.max(1, count), step, count));
    }

    private static void fillWithLongNotes(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), """
            truncate events;
            insert into events select 10000000 + i, repeat('x', %d) from generate_series(1, %d) as i""".formatted(LONG_NOTE, LONG_EVENTS));
    }

    private static void write(Connection others, String sql) {
        Expect.works("what others write while the export runs", () -> Sql.execute(others, sql), "Others must not wait for you.");
    }

    private static void run(Connection connection, Export.Sink sink) throws Exception {
        try {
            export(connection, sink);
        } catch (Mismatch seenInTheSink) {
            throw seenInTheSink;
        } catch (Exception e) {
            Expect.works("export ends well", () -> { throw e; }, "What does the driver say?");
        }
    }

    private static void export(Connection connection, Export.Sink sink) throws Exception {
        var thrown = Expect.<Throwable>within("export ends", PATIENCE, () -> {
            try {
                Export.export(connection, sink);
                return null;
            } catch (Throwable anything) {
                return anything;
            }
        });
        if (thrown != null) {
            throw Faults.sneak(thrown);
        }
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static Connection watched(Login login) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("socketFactory", CountingSockets.class.getName());
        return DriverManager.getConnection(login.url(), properties);
    }

    /** Counts the bytes that the driver takes from its socket, which is all that can be in the program's memory. */
    public static final class CountingSockets extends SocketFactory {
        static final AtomicLong TAKEN = new AtomicLong();

        @Override public Socket createSocket() {
            return new Socket() {
                @Override public InputStream getInputStream() throws IOException {
                    return new CountedStream(super.getInputStream());
                }
            };
        }

        @Override public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("the driver connects its sockets itself");
        }

        @Override public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            return createSocket(host, port);
        }

        @Override public Socket createSocket(InetAddress host, int port) {
            return createSocket(host.getHostAddress(), port);
        }

        @Override public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            return createSocket(address, port);
        }
    }

    private static final class CountedStream extends FilterInputStream {
        CountedStream(InputStream in) {
            super(in);
        }

        @Override public int read() throws IOException {
            var taken = super.read();
            CountingSockets.TAKEN.addAndGet(taken < 0 ? 0 : 1);
            return taken;
        }

        @Override public int read(byte[] into, int offset, int length) throws IOException {
            var taken = super.read(into, offset, length);
            CountingSockets.TAKEN.addAndGet(Math.max(0, taken));
            return taken;
        }
    }
}

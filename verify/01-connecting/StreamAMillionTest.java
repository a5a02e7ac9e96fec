import grading.Clone;
import grading.Expect;
import grading.Fresh;
import grading.Hint;
import grading.Mismatch;
import grading.Needs;
import grading.Rows;
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
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.net.SocketFactory;
import lab.Login;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;

@TestMethodOrder(OrderAnnotation.class)
class StreamAMillionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(18);
    private static final int EVENTS = 12_000;
    private static final int MOST_AHEAD = 2000;
    /** Rows that fit into the driver's read buffer, and the error of counting rows by bytes. */
    private static final int TOLERANCE = 400;

    @Test @Order(1) @DisplayName("every event arrives once, in the order of the ids")
    void handsOnEverything(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            var ids = new ArrayList<Long>();
            run(connection, (id, note) -> ids.add(id));
            expectIds("the ids that the sink got", ids);
        }
    }

    @Test @Order(2) @Needs("handsOnEverything") @Hint(1) @DisplayName("no more than 2000 events wait in memory")
    void holdsFew(Clone clone) throws Exception {
        try (var connection = watched(clone.app())) {
            var taken = new ArrayList<Long>();
            var before = CountingSockets.TAKEN.get();
            run(connection, (id, note) -> taken.add(CountingSockets.TAKEN.get() - before));
            var ahead = mostAhead(taken, CountingSockets.TAKEN.get() - before);
            Expect.that("the most events that had reached the program before the sink saw them", ahead <= MOST_AHEAD + TOLERANCE,
                "at most " + MOST_AHEAD, "about " + ahead / 100 * 100 + " of " + EVENTS,
                "When does the driver fetch in portions, and when does it ignore that you asked for it?");
        }
    }

    @Test @Order(3) @Needs("handsOnEverything") @Fresh @Hint(1) @DisplayName("what others change meanwhile is left out")
    void givesOnePicture(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            var ids = new ArrayList<Long>();
            var notes = new ArrayList<String>();
            run(connection, (id, note) -> {
                if (ids.isEmpty()) {
                    execute(clone.owner(), """
                        delete from events where id between 1 and 100 or id = 11000;
                        update events set note = 'changed meanwhile' where id = 11500;
                        insert into events values (12001, 'inserted meanwhile')""");
                }
                ids.add(id);
                notes.add(note);
            });
            expectIds("the ids that the sink got while somebody deleted 101 of them and inserted 12001", ids);
            Expect.that("the notes that the sink got while somebody changed one of them", !notes.contains("changed meanwhile"),
                "all as they were", "one that was changed meanwhile", "Each statement sees a snapshot of its own, unless the isolation level says otherwise.");
        }
    }

    @Test @Order(4) @Needs("holdsFew") @Hint(2) @DisplayName("the connection comes back as it was given")
    void restores(Clone clone) throws Exception {
        for (var autoCommit : new boolean[] {true, false}) {
            try (var connection = clone.app().connect()) {
                connection.setAutoCommit(autoCommit);
                run(connection, (id, note) -> { });
                expectAsGiven(clone, connection, autoCommit, "after the export");
            }
        }
    }

    @Test @Order(5) @Needs("restores") @Hint(2) @DisplayName("a sink that throws ends the export")
    void stops(Clone clone) throws Exception {
        for (var autoCommit : new boolean[] {true, false}) {
            try (var connection = clone.app().connect()) {
                connection.setAutoCommit(autoCommit);
                var full = new IOException("the disk is full");
                var calls = new AtomicLong();
                var thrown = thrown(connection, (id, note) -> {
                    if (calls.incrementAndGet() >= 10) {
                        throw full;
                    }
                });
                Expect.that("what export throws when the sink throws", thrown == full, full, thrown, "The very same object.");
                Expect.equal("the events that the sink was offered when it threw at the tenth", 10L, calls.get(), "It had said that it cannot go on.");
                expectAsGiven(clone, connection, autoCommit, "after the sink threw");
            }
        }
    }

    /** @param taken bytes that the program had taken when the sink got the first event, the second, and so on */
    private static long mostAhead(List<Long> taken, long all) {
        return LongStream.range(0, taken.size()).map(i -> taken.get((int) i) * EVENTS / all - i).max().orElse(0);
    }

    private static void expectIds(String what, List<Long> ids) {
        var expected = LongStream.rangeClosed(1, EVENTS).boxed().toList();
        for (int i = 0; i < Math.min(ids.size(), EVENTS); i++) {
            Expect.that(what, ids.get(i) == i + 1, i + 1 + " in place " + (i + 1), ids.get(i) + " in that place",
                "In the order of the ids, each of them once, as they were when the export began.");
        }
        Expect.equal(what + ": how many", expected.size(), ids.size(), "In the order of the ids, each of them once, as they were when the export began.");
    }

    private static void expectAsGiven(Clone clone, Connection connection, boolean autoCommit, String when) throws SQLException {
        var pid = connection.unwrap(PGConnection.class).getBackendPID();
        Expect.equal("autocommit " + when + ", when it was " + autoCommit + " before", autoCommit, connection.getAutoCommit(),
            "The next user of this connection expects what you got.");
        try (var observer = clone.observer().connect()) {
            var state = Rows.query(observer, "select state from pg_stat_activity where pid = ?", pid).values().getFirst().getFirst();
            Expect.equal("the session " + when, "idle", state, "An open transaction holds its locks and its snapshot.");
        }
    }

    private static void run(Connection connection, Export.Sink sink) throws Exception {
        var thrown = thrown(connection, sink);
        if (thrown instanceof Mismatch seenInTheSink) {
            throw seenInTheSink;
        }
        Expect.that("export ends well", thrown == null, "no exception", thrown, "What does the driver say?");
    }

    private static Throwable thrown(Connection connection, Export.Sink sink) throws Exception {
        return Expect.within("export ends", PATIENCE, () -> {
            try {
                Export.export(connection, sink);
                return null;
            } catch (Throwable e) {
                return e;
            }
        });
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
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

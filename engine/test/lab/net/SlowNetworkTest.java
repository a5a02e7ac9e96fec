package lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import lab.Lab;
import lab.Progress;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lower bounds only: a latency that was asked for cannot be undercut; how busy the machine is, nobody knows. */
class SlowNetworkTest {
    private static final Duration LATENCY = Duration.ofMillis(40);
    private static Lab lab;

    @BeforeAll
    static void open() {
        lab = Providers.open("embedded", Progress.SILENT);
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @Test
    @DisplayName("every statement waits for the latency once")
    void statements() throws Exception {
        try (var network = SlowNetwork.before(lab.lessonDatabase().app(), LATENCY); var connection = network.login().connect()) {
            ask(connection, 1);
            var ms = milliseconds(() -> ask(connection, 10));
            assertTrue(ms >= 10 * LATENCY.toMillis(), "10 statements took " + ms + " ms");
        }
    }

    @Test
    @DisplayName("much data waits no longer than little: a batch costs a few latencies, not one for each statement")
    void volume() throws Exception {
        try (var network = SlowNetwork.before(lab.lessonDatabase().app(), LATENCY); var connection = network.login().connect();
             var statement = connection.createStatement()) {
            for (int i = 0; i < 200; i++) {
                statement.addBatch("select repeat('x', 10000)");
            }
            var ms = milliseconds(statement::executeBatch);
            assertTrue(ms < 200 * LATENCY.toMillis() / 2, "a batch of 200 took " + ms + " ms");
            try (var rows = connection.createStatement().executeQuery("select repeat('x', 20000000)")) {
                rows.next();
                assertEquals(20_000_000, rows.getString(1).length());
            }
        }
    }

    @Test
    @DisplayName("connections beside each other do not wait for each other, and closing the network ends them all")
    void many() throws Exception {
        var network = SlowNetwork.before(lab.lessonDatabase().app(), LATENCY);
        try (var one = network.login().connect(); var other = network.login().connect()) {
            ask(one, 1);
            ask(other, 1);
            network.close();
            assertThrows(SQLException.class, () -> ask(one, 1));
            assertThrows(SQLException.class, () -> ask(other, 1));
            assertThrows(SQLException.class, () -> network.login().connect());
        }
    }

    private static void ask(Connection connection, int times) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (int i = 0; i < times; i++) {
                statement.execute("select 1");
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static long milliseconds(Work work) throws Exception {
        var start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;

/** Hands the messages of app.messages to a reader. */
public class Mailbox {
    /** Opens a new connection. */
    public interface Connector {
        Connection connect() throws SQLException;
    }

    /** Reads a message. */
    public interface Reader {
        void read(long id, String body) throws Exception;
    }

    /** What the reader has thrown, on its way out. */
    private static final class ReaderFailed extends Exception {
        private static final long serialVersionUID = 1L;

        ReaderFailed(Throwable cause) {
            super(null, cause);
        }
    }

    private final Connector connector;
    private final Reader reader;
    private final BooleanSupplier stop;
    /** Messages that were handed over, and are not noted yet. */
    private final Set<Long> handedOver = new LinkedHashSet<>();

    private Mailbox(Connector connector, Reader reader, BooleanSupplier stop) {
        this.connector = connector;
        this.reader = reader;
        this.stop = stop;
    }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        try {
            new Mailbox(connector, reader, stop).run();
        } catch (ReaderFailed failed) {
            throw Mailbox.<Exception>asItIs(failed.getCause());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asItIs(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void run() throws ReaderFailed, InterruptedException {
        while (!stop.getAsBoolean()) {
            try (var connection = connectAndListen()) {
                readAndWait(connection);
                return;
            } catch (SQLException lost) {
                Thread.sleep(50); // a new connection sees what was missed
            }
        }
    }

    /** A connection that hears the bell. */
    private Connection connectAndListen() throws SQLException {
        var connection = connector.connect();
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        return connection;
    }

    private void readAndWait(Connection connection) throws SQLException, ReaderFailed {
        readUnread(connection);
        while (!stop.getAsBoolean()) {
            if (connection.unwrap(PGConnection.class).getNotifications(500).length > 0) {
                readUnread(connection);
            }
        }
    }

    private void readUnread(Connection connection) throws SQLException, ReaderFailed {
        for (var id : Set.copyOf(handedOver)) {
            note(connection, id);
        }
        try (var select = connection.prepareStatement("""
                select id, body from app.messages where read_at is null order by id limit 1""")) {
            while (!stop.getAsBoolean()) {
                long id;
                String body;
                try (var message = select.executeQuery()) {
                    if (!message.next()) {
                        return;
                    }
                    id = message.getLong("id");
                    body = message.getString("body");
                }
                try {
                    reader.read(id, body);
                } catch (Throwable thrown) {
                    throw new ReaderFailed(thrown);
                }
                handedOver.add(id);
                note(connection, id);
            }
        }
    }

    private void note(Connection connection, long id) throws SQLException {
        try (var update = connection.prepareStatement(
                "update app.messages set read_at = clock_timestamp() where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
        handedOver.remove(id);
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;

/** Hands the messages of app.messages to a reader. */
public class Mailbox {
    private static final int WAIT_MILLIS = 500;
    private static final int REST_MILLIS = 100;

    /** Opens a new connection. */
    public interface Connector {
        Connection connect() throws SQLException;
    }

    /** Reads a message. */
    public interface Reader {
        void read(long id, String body) throws Exception;
    }

    private record Message(long id, String body) { }

    private static final class ReaderFailed extends Exception {
        private static final long serialVersionUID = 1;

        private final Exception failure;

        ReaderFailed(Exception failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private final Connector connector;
    private final Reader reader;
    private final BooleanSupplier stop;
    /** Was handed over, and could not be marked as read yet. */
    private Message unmarked;

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
            throw failed.failure;
        }
    }

    private void run() throws Exception {
        while (!stop.getAsBoolean()) {
            try (var connection = connector.connect()) {
                hear(connection);
            } catch (SQLException e) {
                if (!isLost(e)) {
                    throw e;
                }
            }
            if (!stop.getAsBoolean()) {
                Thread.sleep(REST_MILLIS);
            }
        }
        // What was handed over must not come again after the next start.
        for (var attempt = 0; unmarked != null && attempt < 5; attempt++) {
            Thread.sleep(REST_MILLIS);
            try (var connection = connector.connect()) {
                mark(connection);
            } catch (SQLException e) {
                // One more attempt, or it stays unread.
            }
        }
    }

    /** The server has closed the connection, or it cannot be reached (class 08). */
    private static boolean isLost(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.equals("57P01"));
    }

    private void hear(Connection connection) throws SQLException, ReaderFailed {
        // Listen first, then look: what is committed from now on rings.
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        readAll(connection);
        var bell = connection.unwrap(PGConnection.class);
        while (!stop.getAsBoolean()) {
            if (bell.getNotifications(WAIT_MILLIS).length > 0) {
                readAll(connection);
            }
        }
    }

    private void readAll(Connection connection) throws SQLException, ReaderFailed {
        mark(connection);
        while (!stop.getAsBoolean()) {
            var message = firstUnread(connection);
            if (message == null) {
                return;
            }
            try {
                reader.read(message.id(), message.body());
            } catch (Exception failure) {
                throw new ReaderFailed(failure);
            }
            unmarked = message;
            mark(connection);
        }
    }

    private static Message firstUnread(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(
                     "select id, body from app.messages where read_at is null order by id limit 1");
             var message = select.executeQuery()) {
            return message.next() ? new Message(message.getLong("id"), message.getString("body")) : null;
        }
    }

    private void mark(Connection connection) throws SQLException {
        if (unmarked == null) {
            return;
        }
        try (var update = connection.prepareStatement(
                "update app.messages set read_at = now() where id = ? and read_at is null")) {
            update.setLong(1, unmarked.id());
            update.executeUpdate();
        }
        unmarked = null;
    }
}

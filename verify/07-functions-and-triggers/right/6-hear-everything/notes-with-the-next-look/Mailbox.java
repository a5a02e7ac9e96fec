import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;

/** Hands the messages of app.messages to a reader. */
public class Mailbox {
    private static final int WAIT_MILLIS = 400;
    private static final int REST_MILLIS = 50;
    private static final int LAST_ATTEMPTS = 5;

    /** Marks the message that was handed over, if there is one, and finds the next. */
    private static final String NEXT = """
            with handed_over as (
                update app.messages set read_at = clock_timestamp() where id = ? and read_at is null
            )
            select id, body from app.messages
            where read_at is null and id is distinct from ?
            order by id
            limit 1""";

    /** Opens a new connection. */
    public interface Connector {
        Connection connect() throws SQLException;
    }

    /** Reads a message. */
    public interface Reader {
        void read(long id, String body) throws Exception;
    }

    private record Message(long id, String body) { }

    /** There is no connection, or none any more. */
    private static final class NotConnected extends Exception {
        private static final long serialVersionUID = 1;

        NotConnected(SQLException cause) {
            super(cause);
        }
    }

    private final Connector connector;
    private final Reader reader;
    private final BooleanSupplier stop;
    /** The message that was handed over last, until the table knows it. */
    private Long handedOver;
    private boolean reading;

    private Mailbox(Connector connector, Reader reader, BooleanSupplier stop) {
        this.connector = connector;
        this.reader = reader;
        this.stop = stop;
    }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        var mailbox = new Mailbox(connector, reader, stop);
        // After a stop, a few more attempts only if a message is still to be marked.
        for (var left = LAST_ATTEMPTS; !stop.getAsBoolean() || (mailbox.handedOver != null && left-- > 0);) {
            try {
                mailbox.session();
            } catch (NotConnected e) {
                Thread.sleep(REST_MILLIS);
            }
        }
    }

    private void session() throws Exception {
        Connection connection;
        try {
            connection = connector.connect();
        } catch (SQLException e) {
            throw new NotConnected(e);
        }
        try (connection) {
            try {
                hear(connection);
            } catch (SQLException e) {
                // The reader's own failures, and ours on a sound connection, are for the caller.
                if (reading || connection.isValid(1)) {
                    throw e;
                }
                throw new NotConnected(e);
            }
        }
    }

    private void hear(Connection connection) throws Exception {
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        var bell = connection.unwrap(PGConnection.class);
        // The first look is for all that happened before the bell could be heard.
        for (var look = true; look || !stop.getAsBoolean(); look = bell.getNotifications(WAIT_MILLIS).length > 0) {
            if (look) {
                readAll(connection);
                if (stop.getAsBoolean()) {
                    return;
                }
            }
        }
    }

    private void readAll(Connection connection) throws Exception {
        for (var message = next(connection); message != null && !stop.getAsBoolean(); message = next(connection)) {
            reading = true;
            reader.read(message.id(), message.body());
            reading = false;
            handedOver = message.id();
        }
    }

    private Message next(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(NEXT)) {
            select.setObject(1, handedOver, Types.BIGINT);
            select.setObject(2, handedOver, Types.BIGINT);
            try (var unread = select.executeQuery()) {
                var message = unread.next() ? new Message(unread.getLong("id"), unread.getString("body")) : null;
                handedOver = null;
                return message;
            }
        }
    }
}

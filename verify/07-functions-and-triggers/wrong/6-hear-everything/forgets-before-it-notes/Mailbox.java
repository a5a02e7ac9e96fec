import java.sql.Connection;
import java.sql.SQLException;
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

    private final Reader reader;
    private final BooleanSupplier stop;
    /** A message that was read, but not noted yet. */
    private Long handedOver;

    private Mailbox(Reader reader, BooleanSupplier stop) {
        this.reader = reader;
        this.stop = stop;
    }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        var mailbox = new Mailbox(reader, stop);
        try {
            while (!stop.getAsBoolean()) {
                try (var connection = connector.connect()) {
                    mailbox.serve(connection);
                } catch (SQLException lost) {
                    Thread.sleep(50);
                }
            }
        } catch (ReaderFailed e) {
            throw e.unchanged();
        }
    }

    private void serve(Connection connection) throws SQLException, ReaderFailed {
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        readUnread(connection);
        var bell = connection.unwrap(PGConnection.class);
        while (!stop.getAsBoolean()) {
            var rung = bell.getNotifications(200);
            if (rung != null && rung.length > 0) {
                readUnread(connection);
            }
        }
    }

    private void readUnread(Connection connection) throws SQLException, ReaderFailed {
        try (var select = connection.prepareStatement(
                 "select id, body from app.messages where read_at is null order by id limit 1");
             var update = connection.prepareStatement(
                 "update app.messages set read_at = clock_timestamp() where id = ?")) {
            if (handedOver != null) {
                update.setLong(1, handedOver);
                handedOver = null;
                update.executeUpdate();
            }
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
                } catch (Throwable e) {
                    throw new ReaderFailed(e);
                }
                handedOver = id;
                update.setLong(1, id);
                update.executeUpdate();
                handedOver = null;
            }
        }
    }

    /** Keeps what the reader has thrown apart from failures of the connection. */
    private static final class ReaderFailed extends Exception {
        ReaderFailed(Throwable cause) {
            super(cause);
        }

        Exception unchanged() {
            if (getCause() instanceof Error error) {
                throw error;
            }
            return (Exception) getCause();
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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

    private record Message(long id, String body) { }

    /** What the reader threw must not be mistaken for trouble with the connection. */
    private static final class ReaderFailed extends Exception {
        ReaderFailed(Exception cause) {
            super(cause);
        }
    }

    private Mailbox() { }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        while (!stop.getAsBoolean()) {
            try (var connection = connector.connect()) {
                connection.createStatement().execute("LISTEN messages");
                var rung = true;
                while (!stop.getAsBoolean()) {
                    if (rung) {
                        handOver(connection, reader);
                    }
                    var bells = connection.unwrap(PGConnection.class).getNotifications(400);
                    rung = bells != null && bells.length > 0;
                }
            } catch (SQLException lost) {
                Thread.sleep(20);
            } catch (ReaderFailed failed) {
                throw (Exception) failed.getCause();
            }
        }
    }

    private static void handOver(Connection connection, Reader reader) throws SQLException, ReaderFailed {
        var messages = new ArrayList<Message>();
        try (var rows = connection.createStatement().executeQuery("SELECT id, body FROM app.messages WHERE read_at IS NULL ORDER BY 1")) {
            while (rows.next()) {
                messages.add(new Message(rows.getLong(1), rows.getString(2)));
            }
        }
        for (var message : messages) {
            try {
                reader.read(message.id(), message.body());
            } catch (Exception e) {
                throw new ReaderFailed(e);
            }
            connection.createStatement().executeUpdate("UPDATE app.messages SET read_at = clock_timestamp() WHERE id = " + message.id());
        }
    }
}

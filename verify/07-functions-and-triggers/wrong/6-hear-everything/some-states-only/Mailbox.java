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

    private record Message(long id, String body) { }

    private Mailbox() { }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        Connection connection = null;
        Long toNote = null;
        var look = false;
        try {
            while (toNote != null && connection != null || !stop.getAsBoolean()) {
                if (connection == null) {
                    try {
                        connection = connector.connect();
                    } catch (SQLException unreachable) {
                        Thread.sleep(50);
                        continue;
                    }
                    look = true;
                    try (var listen = connection.createStatement()) {
                        listen.execute("listen messages");
                    } catch (SQLException e) {
                        connection = lost(connection, e);
                        continue;
                    }
                }
                Message next = null;
                try {
                    if (toNote != null) {
                        note(connection, toNote);
                        toNote = null;
                    } else if (look) {
                        next = lowestUnread(connection);
                        look = next != null;
                    } else {
                        var bells = connection.unwrap(PGConnection.class).getNotifications(500);
                        look = bells != null && bells.length > 0;
                    }
                } catch (SQLException e) {
                    connection = lost(connection, e);
                    continue;
                }
                if (next != null) {
                    reader.read(next.id(), next.body());
                    toNote = next.id();
                }
            }
        } finally {
            close(connection);
        }
    }

    private static Message lowestUnread(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(
                     "select id, body from app.messages where read_at is null order by id limit 1");
             var row = select.executeQuery()) {
            return row.next() ? new Message(row.getLong(1), row.getString(2)) : null;
        }
    }

    private static void note(Connection connection, long id) throws SQLException {
        try (var update = connection.prepareStatement("update app.messages set read_at = now() where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }

    /** Only a lost connection is worth a new one; a mistake in a statement would come again. */
    private static Connection lost(Connection connection, SQLException e) throws SQLException, InterruptedException {
        var state = e.getSQLState();
        if (state == null || !state.startsWith("08") && !state.equals("57P01")) {
            throw e;
        }
        close(connection);
        Thread.sleep(50);
        return null;
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                // it is of no use any more
            }
        }
    }
}

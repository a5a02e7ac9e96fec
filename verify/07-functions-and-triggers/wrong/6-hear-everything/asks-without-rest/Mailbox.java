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

    private Mailbox() { }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        while (!stop.getAsBoolean()) {
            try (var connection = connector.connect()) {
                listen(connection, reader, stop);
            } catch (SQLException failure) {
                if (!isLost(failure)) {
                    throw failure;
                }
            }
        }
    }

    private static void listen(Connection connection, Reader reader, BooleanSupplier stop) throws Exception {
        // First the ear, then the eyes: what is committed between the two is seen, and what comes later is heard.
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        readAll(connection, reader);
        while (!stop.getAsBoolean()) {
            // Bounded, to look at stop now and then.
            if (connection.unwrap(PGConnection.class).getNotifications(200).length > 0) {
                readAll(connection, reader);
            }
        }
    }

    private static void readAll(Connection connection, Reader reader) throws Exception {
        while (readOne(connection, reader)) { }
    }

    /** Which messages are new stands in the table. The highest id says nothing: commits do not come in the order of ids. */
    private static boolean readOne(Connection connection, Reader reader) throws Exception {
        try (var select = connection.createStatement();
             var message = select.executeQuery("select id, body from app.messages where read_at is null order by id limit 1")) {
            if (!message.next()) {
                return false;
            }
            var id = message.getLong("id");
            reader.read(id, message.getString("body"));
            try (var update = connection.prepareStatement("update app.messages set read_at = now() where id = ?")) {
                update.setLong(1, id);
                update.executeUpdate();
            }
            return true;
        }
    }

    private static boolean isLost(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }
}

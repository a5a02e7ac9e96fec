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
        try (var connection = connector.connect()) {
            long last = readAfter(0, connection, reader);
            try (var listen = connection.createStatement()) {
                listen.execute("listen messages");
            }
            while (!stop.getAsBoolean()) {
                if (connection.unwrap(PGConnection.class).getNotifications(500).length > 0) {
                    last = readAfter(last, connection, reader);
                }
            }
        }
    }

    private static long readAfter(long last, Connection connection, Reader reader) throws Exception {
        try (var select = connection.prepareStatement("select id, body from app.messages where id > ? order by id")) {
            select.setLong(1, last);
            try (var message = select.executeQuery()) {
                while (message.next()) {
                    last = message.getLong("id");
                    reader.read(last, message.getString("body"));
                }
            }
        }
        return last;
    }
}

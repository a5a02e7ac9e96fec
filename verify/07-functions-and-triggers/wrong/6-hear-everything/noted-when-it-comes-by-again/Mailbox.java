import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;

/** Hands the messages of app.messages to a reader. */
public class Mailbox {
    private static final int REST_MS = 50;

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
    /** Whose failure is it? The reader may have databases of its own, which may be away as well. */
    private boolean reading;
    /** The message that was read, until the table knows. The connection may break in between, and it must not come twice. */
    private final Set<Long> unnoted = new HashSet<>();

    private Mailbox(Reader reader, BooleanSupplier stop) {
        this.reader = reader;
        this.stop = stop;
    }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        new Mailbox(reader, stop).run(connector);
    }

    private void run(Connector connector) throws Exception {
        while (!stop.getAsBoolean()) {
            Connection connection;
            try {
                connection = connector.connect();
            } catch (SQLException away) {
                Thread.sleep(REST_MS); // or a server that restarts would be asked a thousand times a second
                continue;
            }
            try (connection) {
                listen(connection);
            } catch (SQLException failure) {
                if (reading || !isLost(failure)) {
                    throw failure;
                }
                Thread.sleep(REST_MS);
            }
        }
    }

    private void listen(Connection connection) throws Exception {
        // First the ear, then the eyes: what is committed between the two is seen, and what comes later is heard.
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        readAll(connection);
        while (!stop.getAsBoolean()) {
            // Bounded, to look at stop now and then.
            if (connection.unwrap(PGConnection.class).getNotifications(200).length > 0) {
                readAll(connection);
            }
        }
    }

    private void readAll(Connection connection) throws Exception {
        while (!stop.getAsBoolean() && readOne(connection)) { }
    }

    /** Which messages are new stands in the table. The highest id says nothing: commits do not come in the order of ids. */
    private boolean readOne(Connection connection) throws Exception {
        try (var select = connection.createStatement();
             var message = select.executeQuery("select id, body from app.messages where read_at is null order by id limit 1")) {
            if (!message.next()) {
                return false;
            }
            var id = message.getLong("id");
            if (!unnoted.contains(id)) {
                reading = true;
                reader.read(id, message.getString("body"));
                reading = false;
                unnoted.add(id);
            }
            note(connection, id);
            return true;
        }
    }

    private void note(Connection connection, long id) throws SQLException {
        try (var update = connection.prepareStatement("update app.messages set read_at = now() where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
        unnoted.remove(id);
    }

    private static boolean isLost(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }
}

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

    /** Carries what the reader has thrown past those who look after the connection. */
    private static final class ReaderFailed extends Exception {
        ReaderFailed(Throwable failure) {
            super(failure);
        }
    }

    private record Message(long id, String body) { }

    private final Connector connector;
    private final Reader reader;
    private final BooleanSupplier stop;
    /** What was handed over, but is not noted yet. */
    private Long unnoted;

    private Mailbox(Connector connector, Reader reader, BooleanSupplier stop) {
        this.connector = connector;
        this.reader = reader;
        this.stop = stop;
    }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        try {
            new Mailbox(connector, reader, stop).run();
        } catch (ReaderFailed e) {
            throw Mailbox.<RuntimeException>asItIs(e.getCause());
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X asItIs(Throwable failure) throws X {
        throw (X) failure;
    }

    private void run() throws SQLException, InterruptedException, ReaderFailed {
        long rest = 0;
        while (!stop.getAsBoolean()) {
            Thread.sleep(rest);
            rest = Math.clamp(2 * rest, 25, 30_000); // longer and longer, as long as nobody answers
            Connection connection;
            try {
                connection = connector.connect();
            } catch (SQLException e) {
                continue;
            }
            rest = 25;
            try {
                serve(connection);
            } catch (SQLException e) {
                if (!lost(connection, e)) {
                    throw e;
                }
            } finally {
                close(connection);
            }
        }
    }

    private static boolean lost(Connection connection, SQLException failure) throws SQLException {
        var state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"))
                || connection.isClosed() || !connection.isValid(1);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // it was lost before
        }
    }

    private void serve(Connection connection) throws SQLException, ReaderFailed {
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        if (unnoted != null) {
            note(connection, unnoted);
            unnoted = null;
        }
        readAll(connection);
        var bell = connection.unwrap(PGConnection.class);
        while (!stop.getAsBoolean()) {
            if (bell.getNotifications(500).length > 0) {
                readAll(connection);
            }
        }
    }

    private void readAll(Connection connection) throws SQLException, ReaderFailed {
        while (!stop.getAsBoolean()) {
            var message = first(connection);
            if (message == null) {
                return;
            }
            handOver(message);
            unnoted = message.id();
            note(connection, message.id());
            unnoted = null;
        }
    }

    private void handOver(Message message) throws ReaderFailed {
        try {
            reader.read(message.id(), message.body());
        } catch (Throwable failure) {
            throw new ReaderFailed(failure);
        }
    }

    private static Message first(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(
                "select id, body from app.messages where read_at is null order by id limit 1");
             var row = select.executeQuery()) {
            return row.next() ? new Message(row.getLong("id"), row.getString("body")) : null;
        }
    }

    private static void note(Connection connection, long id) throws SQLException {
        try (var update = connection.prepareStatement(
                "update app.messages set read_at = clock_timestamp() where id = ? and read_at is null")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }
}

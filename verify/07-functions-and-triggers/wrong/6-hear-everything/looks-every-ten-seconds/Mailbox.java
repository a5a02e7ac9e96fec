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

    private static final int BELL_MILLIS = 250;
    /** A bell can get lost; after so long without one, better have a look. */
    private static final long LOOK_NANOS = 10_000_000_000L;

    private final Reader reader;
    private final BooleanSupplier stop;

    /** The message that was read and is not noted yet, or null. */
    private Long unnoted;
    /** What is thrown now comes from the reader. */
    private boolean reading;

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
            } catch (SQLException e) {
                rest();
                continue;
            }
            try {
                listen(connection);
                return;
            } catch (SQLException e) {
                if (reading || !broken(connection, e)) {
                    throw e;
                }
            } finally {
                close(connection);
            }
            rest();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // it is of no use any more, whatever it says
        }
    }

    private static void rest() throws InterruptedException {
        Thread.sleep(50);
    }

    /** Ends when it is to stop. */
    private void listen(Connection connection) throws Exception {
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        if (unnoted != null) {
            note(connection);
        }
        var bell = connection.unwrap(PGConnection.class);
        readAll(connection);
        long looked = System.nanoTime();
        while (!stop.getAsBoolean()) {
            if (bell.getNotifications(BELL_MILLIS).length > 0 || System.nanoTime() - looked > LOOK_NANOS) {
                readAll(connection);
                looked = System.nanoTime();
            }
        }
    }

    private void readAll(Connection connection) throws Exception {
        while (!stop.getAsBoolean() && readOne(connection)) {
            note(connection);
        }
    }

    private boolean readOne(Connection connection) throws Exception {
        long id;
        String body;
        try (var select = connection.createStatement();
             var message = select.executeQuery("""
                 select id, body from app.messages where read_at is null order by id limit 1""")) {
            if (!message.next()) {
                return false;
            }
            id = message.getLong("id");
            body = message.getString("body");
        }
        reading = true;
        reader.read(id, body);
        reading = false;
        unnoted = id;
        return true;
    }

    private void note(Connection connection) throws SQLException {
        try (var update = connection.prepareStatement(
                "update app.messages set read_at = now() where id = ? and read_at is null")) {
            update.setLong(1, unnoted);
            update.executeUpdate();
        }
        unnoted = null;
    }

    private static boolean broken(Connection connection, SQLException e) throws SQLException {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("08") || state.startsWith("57P") || !connection.isValid(1);
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;

/** Hands the messages of app.messages to a reader. */
public class Mailbox {
    private static final int WAIT_MILLIS = 250;
    private static final int REST_MILLIS = 40;
    private static final int AT_ONCE = 500;

    /** Opens a new connection. */
    public interface Connector {
        Connection connect() throws SQLException;
    }

    /** Reads a message. */
    public interface Reader {
        void read(long id, String body) throws Exception;
    }

    private record Message(long id, String body) { }

    /** How a connection ended. */
    private enum End { STOPPED, READER_FAILED, LOST }

    private final Connector connector;
    private final Reader reader;
    private final BooleanSupplier stop;
    /** Handed over, but not known to be marked. */
    private final Set<Long> handedOver = new LinkedHashSet<>();
    private Exception readerFailure;

    private Mailbox(Connector connector, Reader reader, BooleanSupplier stop) {
        this.connector = connector;
        this.reader = reader;
        this.stop = stop;
    }

    /** Hands over every message, until {@code stop} says true. */
    public static void run(Connector connector, Reader reader, BooleanSupplier stop) throws Exception {
        var mailbox = new Mailbox(connector, reader, stop);
        var end = End.LOST;
        while (end == End.LOST && !stop.getAsBoolean()) {
            end = mailbox.withConnection(mailbox::hear);
            if (end == End.LOST) {
                Thread.sleep(REST_MILLIS);
            }
        }
        // Stopped in the very moment in which the connection broke: the last mark is still missing.
        for (var attempt = 0; attempt < 10 && !mailbox.handedOver.isEmpty(); attempt++) {
            Thread.sleep(REST_MILLIS);
            mailbox.withConnection(connection -> {
                mailbox.mark(connection);
                return End.STOPPED;
            });
        }
        if (mailbox.readerFailure != null) {
            throw mailbox.readerFailure;
        }
    }

    private interface Session {
        End on(Connection connection) throws SQLException;
    }

    private End withConnection(Session session) throws SQLException {
        Connection connection;
        try {
            connection = connector.connect();
        } catch (SQLException notNow) {
            return End.LOST;
        }
        try (connection) {
            return session.on(connection);
        } catch (SQLException e) {
            if (readerFailure != null) {
                return End.READER_FAILED;
            }
            if (isLost(e)) {
                return End.LOST;
            }
            throw e;
        }
    }

    private static boolean isLost(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private End hear(Connection connection) throws SQLException {
        try (var listen = connection.createStatement()) {
            listen.execute("listen messages");
        }
        mark(connection);
        var bell = connection.unwrap(PGConnection.class);
        var rang = true;
        while (!stop.getAsBoolean()) {
            if (rang && !handOverAll(connection)) {
                return End.READER_FAILED;
            }
            rang = !stop.getAsBoolean() && bell.getNotifications(WAIT_MILLIS).length > 0;
        }
        return End.STOPPED;
    }

    /** False when the reader has failed. */
    private boolean handOverAll(Connection connection) throws SQLException {
        List<Message> unread;
        do {
            unread = look(connection);
            for (var message : unread) {
                if (stop.getAsBoolean()) {
                    return true;
                }
                try {
                    reader.read(message.id(), message.body());
                } catch (Exception e) {
                    readerFailure = e;
                    return false;
                }
                handedOver.add(message.id());
                mark(connection);
            }
        } while (unread.size() == AT_ONCE);
        return true;
    }

    private List<Message> look(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("""
                select id, body from app.messages where read_at is null order by id limit ?""")) {
            select.setInt(1, AT_ONCE);
            try (var row = select.executeQuery()) {
                var unread = new ArrayList<Message>();
                while (row.next()) {
                    unread.add(new Message(row.getLong("id"), row.getString("body")));
                }
                return unread;
            }
        }
    }

    private void mark(Connection connection) throws SQLException {
        if (handedOver.isEmpty()) {
            return;
        }
        try (var update = connection.prepareStatement("""
                update app.messages set read_at = clock_timestamp() where id = any(?) and read_at is null""")) {
            update.setArray(1, connection.createArrayOf("bigint", handedOver.toArray()));
            update.executeUpdate();
        }
        handedOver.clear();
    }
}

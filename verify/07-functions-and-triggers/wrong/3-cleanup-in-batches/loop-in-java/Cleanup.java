import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        var autocommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var bite = connection.prepareStatement("select app.delete_old_events(?)")) {
            bite.setObject(1, before);
            while (deleted(bite) > 0) { }
        } finally {
            connection.setAutoCommit(autocommit);
        }
    }

    private static long deleted(java.sql.PreparedStatement bite) throws SQLException {
        try (var count = bite.executeQuery()) {
            count.next();
            return count.getLong(1);
        }
    }
}

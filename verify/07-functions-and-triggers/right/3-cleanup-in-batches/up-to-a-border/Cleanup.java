import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        try (var _ = autoCommitOn(connection);
             var call = connection.prepareStatement("call app.delete_old_events(?)")) {
            call.setObject(1, before);
            call.execute();
        }
    }

    /** Turns autocommit on: the procedure commits, and may do so only outside a transaction. */
    private static Restore autoCommitOn(Connection connection) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        return () -> connection.setAutoCommit(autoCommit);
    }

    private interface Restore extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }
}

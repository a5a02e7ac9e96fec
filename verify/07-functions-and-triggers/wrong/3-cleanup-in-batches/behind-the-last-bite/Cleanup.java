import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Puts something back. */
    private interface Restore extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        // the first failure is thrown, one of putting back is only attached to it
        try (Restore restore = () -> connection.setAutoCommit(autoCommit)) {
            connection.setAutoCommit(true);
            try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
                call.setObject(1, before);
                call.execute();
            }
        }
    }
}

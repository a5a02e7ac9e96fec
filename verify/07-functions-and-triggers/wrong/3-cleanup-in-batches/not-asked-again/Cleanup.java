import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        Throwable failure = null;
        try {
            connection.setAutoCommit(true);
            try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
                call.setObject(1, before);
                call.execute();
            }
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            try {
                connection.setAutoCommit(autoCommit);
            } catch (SQLException | RuntimeException e) {
                if (failure == null) {
                    throw e;
                }
                failure.addSuppressed(e);
            }
        }
    }
}

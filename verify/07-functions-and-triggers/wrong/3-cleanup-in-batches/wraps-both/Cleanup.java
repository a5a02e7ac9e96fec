import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        try {
            connection.setAutoCommit(true);
            try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
                call.setObject(1, before);
                call.execute();
            }
        } catch (Throwable failure) {
            try {
                connection.setAutoCommit(autoCommit);
            } catch (SQLException e) {
                // Both are worth knowing.
                var both = new SQLException("The clean-up failed (" + failure.getMessage()
                        + "), and autocommit could not be put back (" + e.getMessage() + ")", failure);
                both.setNextException(e);
                throw both;
            } catch (Throwable t) {
                failure.addSuppressed(t);
            }
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }
}

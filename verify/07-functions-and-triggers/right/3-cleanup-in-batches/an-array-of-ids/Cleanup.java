import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        if (connection.getAutoCommit()) {
            call(connection, before);
            return;
        }
        // With autocommit off, the driver would open a transaction, in which the procedure may not commit.
        connection.setAutoCommit(true);
        Throwable failure = null;
        try {
            call(connection, before);
        } catch (Throwable t) {
            failure = t;
            throw t;
        } finally {
            restore(connection, failure);
        }
    }

    private static void call(Connection connection, OffsetDateTime before) throws SQLException {
        try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
            call.setObject(1, before);
            call.execute();
        }
    }

    private static void restore(Connection connection, Throwable failure) throws SQLException {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        try {
            if (!autoCommit) {
                connection.setAutoCommit(true);     // else the procedure may not commit
            }
            try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
                call.setObject(1, before);
                call.execute();
            }
        } catch (Throwable failure) {
            try {
                restore(connection, autoCommit);
            } catch (Throwable second) {
                if (second != failure) {
                    failure.addSuppressed(second);
                }
            }
            throw failure;
        }
        restore(connection, autoCommit);
    }

    private static void restore(Connection connection, boolean autoCommit) throws SQLException {
        if (!autoCommit) {
            connection.setAutoCommit(false);
        }
    }
}

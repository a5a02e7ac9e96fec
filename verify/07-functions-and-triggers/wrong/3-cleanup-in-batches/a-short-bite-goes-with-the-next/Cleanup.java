import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        // A procedure commits only where no transaction is open around it.
        boolean autoCommit = connection.getAutoCommit();
        if (!autoCommit) {
            connection.setAutoCommit(true);
        }
        try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
            call.setObject(1, before);
            call.execute();
        } catch (Throwable failure) {
            if (!autoCommit) {
                try {
                    connection.setAutoCommit(false);
                } catch (SQLException second) {
                    if (second != failure) {
                        failure.addSuppressed(second);
                    }
                }
            }
            throw failure;
        }
        if (!autoCommit) {
            connection.setAutoCommit(false);
        }
    }
}

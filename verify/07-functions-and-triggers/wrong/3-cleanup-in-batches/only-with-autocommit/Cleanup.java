import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        var autocommit = connection.getAutoCommit();
        // Without autocommit, the driver begins a transaction before the call, and the procedure may not end it: 2D000.
        if (!autocommit) {
            throw new SQLException("autocommit must be on", "25001");
        }
        // Not `{call …}`, which the driver turns into a select.
        try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
            call.setObject(1, before);
            call.execute();
        } finally {
            // On a connection that has died it would fail, and hide why.
            if (!connection.isClosed()) {
                connection.setAutoCommit(autocommit);
            }
        }
    }
}

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
            connection.setAutoCommit(true);     // else the procedure may not commit
            try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
                call.setObject(1, before);
                call.execute();
            }
        } finally {
            try {
                connection.setAutoCommit(autoCommit);
            } catch (SQLException e) {
                // The connection is gone. What the call has said is what the caller must see.
            }
        }
    }
}

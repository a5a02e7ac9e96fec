import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        // The procedure commits, so it must not be called within a transaction.
        connection.setAutoCommit(true);
        try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
            call.setObject(1, before);
            call.execute();
        } catch (SQLException | RuntimeException | Error failure) {
            try {
                connection.setAutoCommit(autoCommit);
            } catch (SQLException lost) {
                failure.addSuppressed(lost);
            }
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }
}

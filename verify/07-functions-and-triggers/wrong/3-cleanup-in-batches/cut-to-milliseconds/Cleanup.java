import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var call = connection.prepareStatement("call app.delete_old_events(?)")) {
            call.setTimestamp(1, new Timestamp(before.toInstant().toEpochMilli()));
            call.execute();
        } catch (Throwable failure) {
            try {
                connection.setAutoCommit(autoCommit);
            } catch (SQLException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }
}

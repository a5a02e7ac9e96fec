import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        try (var call = connection.prepareStatement("select app.delete_old_events(?)")) {
            call.setObject(1, before);
            call.execute();
        }
    }
}

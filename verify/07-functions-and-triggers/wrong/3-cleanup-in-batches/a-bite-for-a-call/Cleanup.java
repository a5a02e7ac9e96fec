import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Deletes old events, every night. */
public class Cleanup {
    private static final int BITE = 1000;

    private Cleanup() { }

    /** Deletes all events that happened before this time. */
    public static void run(Connection connection, OffsetDateTime before) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        // With autocommit, each call is a transaction of its own.
        connection.setAutoCommit(true);
        try {
            deleteAll(connection, before);
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

    private static void deleteAll(Connection connection, OffsetDateTime before) throws SQLException {
        try (var call = connection.prepareStatement("select app.delete_old_events(?)")) {
            call.setObject(1, before);
            int deleted;
            do {
                try (var result = call.executeQuery()) {
                    result.next();
                    deleted = result.getInt(1);
                }
            } while (deleted == BITE);
        }
    }
}

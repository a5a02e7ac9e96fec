import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. */
final class Job {
    private Job() { }

    /** Refreshes app.posts_per_user. False if another refresh was running, and nothing was done. */
    static boolean refresh(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            // Tried, not waited for; given back by the end of the transaction, however it ends.
            try (var row = statement.executeQuery("select from app.last_refresh where at is null or at < clock_timestamp() - interval '30 seconds' for update skip locked")) {
                if (!row.next()) {
                    return false;
                }
            }
            statement.execute("refresh materialized view concurrently app.posts_per_user");
            statement.execute("update app.last_refresh set at = clock_timestamp()");
            return true;
        }
    }
}

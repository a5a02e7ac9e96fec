import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. */
final class Job {
    /** Means: I refresh app.posts_per_user. Any number, as long as nothing else in the database uses it. */
    private static final long REFRESHING = 930_001;

    private Job() { }

    /** Refreshes app.posts_per_user. False if another refresh was running, and nothing was done. */
    static boolean refresh(Connection connection) throws SQLException {
        connection.commit(); // what the refresh shall see
        try (var statement = connection.createStatement()) {
            // Tried, not waited for; given back by the end of the transaction, however it ends.
            try (var row = statement.executeQuery("select pg_try_advisory_xact_lock(" + REFRESHING + ")")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return false;
                }
            }
            statement.execute("refresh materialized view concurrently app.posts_per_user");
            return true;
        }
    }
}

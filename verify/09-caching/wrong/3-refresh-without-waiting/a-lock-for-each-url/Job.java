import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. */
final class Job {
    private Job() { }

    /** Refreshes app.posts_per_user. False if another refresh was running, and nothing was done. */
    static boolean refresh(Connection connection) throws SQLException {
        // One lock for each database: refreshes of different ones are not in each other's way.
        var database = connection.getMetaData().getURL().hashCode();
        try (var statement = connection.createStatement()) {
            try (var lock = statement.executeQuery(
                    "select pg_try_advisory_xact_lock('app.posts_per_user'::regclass::oid::int, " + database + ")")) {
                lock.next();
                if (!lock.getBoolean(1)) {
                    return false;
                }
            }
            statement.execute("refresh materialized view concurrently app.posts_per_user");
            return true;
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. */
final class Job {
    private Job() { }

    /** Refreshes app.posts_per_user. False if another refresh was running, and nothing was done. */
    static boolean refresh(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var row = statement.executeQuery(
                    "select only_row from app.posts_per_user_refresh for update skip locked")) {
                if (!row.next()) {
                    return false;
                }
            }
            statement.execute("refresh materialized view concurrently app.posts_per_user");
        }
        return true;
    }
}

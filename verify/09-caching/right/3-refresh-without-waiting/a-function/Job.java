import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. */
final class Job {
    private Job() { }

    /** Refreshes app.posts_per_user. False if another refresh was running, and nothing was done. */
    static boolean refresh(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
             var row = statement.executeQuery("select app.refresh_posts_per_user()")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}

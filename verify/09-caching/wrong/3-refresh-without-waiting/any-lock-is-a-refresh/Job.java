import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. */
final class Job {
    private Job() { }

    /** Refreshes app.posts_per_user. False if another refresh was running, and nothing was done. */
    static boolean refresh(Connection connection) throws SQLException {
        // The savepoint saves the caller's transaction from the error.
        var before = connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            String timeout;
            try (var row = statement.executeQuery("show lock_timeout")) {
                row.next();
                timeout = row.getString(1);
            }
            statement.execute("set local lock_timeout = '1ms'");
            statement.execute("refresh materialized view concurrently app.posts_per_user");
            statement.execute("set local lock_timeout = '" + timeout + "'");
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException e) {
            if (!"55P03".equals(e.getSQLState())) { // lock_not_available
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            return false;
        }
    }
}

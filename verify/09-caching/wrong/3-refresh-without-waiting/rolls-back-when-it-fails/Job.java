import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. */
final class Job {
    /** The lock of whoever refreshes; it ends with the transaction. */
    private static final long LOCK = 0x706f737473L;

    private Job() { }

    /** Refreshes app.posts_per_user. False if another refresh was running, and nothing was done. */
    static boolean refresh(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var lock = statement.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
                lock.next();
                if (!lock.getBoolean(1)) {
                    return false;
                }
            }
            statement.execute("refresh materialized view concurrently app.posts_per_user");
        } catch (SQLException failure) {
            // Let the lock go: the next one shall try.
            connection.rollback();
            throw failure;
        }
        return true;
    }
}

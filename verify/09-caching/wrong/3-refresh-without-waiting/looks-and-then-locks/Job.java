import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. */
final class Job {
    private Job() { }

    /** Refreshes app.posts_per_user. False if another refresh was running, and nothing was done. */
    static boolean refresh(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var lock = statement.executeQuery("""
                    select not exists (
                      select from pg_locks
                      where locktype = 'relation' and relation = 'app.posts_per_user'::regclass
                        and database = (select oid from pg_database where datname = current_database())
                        and mode = 'ExclusiveLock' and pid <> pg_backend_pid())""")) {
                lock.next();
                if (!lock.getBoolean(1)) {
                    return false;
                }
            }
            statement.execute("refresh materialized view concurrently app.posts_per_user");
        }
        return true;
    }
}

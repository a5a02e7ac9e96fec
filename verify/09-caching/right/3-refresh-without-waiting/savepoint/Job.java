import java.sql.Connection;
import java.sql.SQLException;

/** Runs every minute, on every server. A savepoint holds what an error would end. */
final class Job {
    private Job() { }

    static boolean refresh(Connection connection) throws SQLException {
        var before = connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '300ms'");
            statement.execute("refresh materialized view concurrently app.posts_per_user");
            statement.execute("set local lock_timeout = 0");
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            if ("55P03".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;

/** Takes jobs from the queue, one by one. */
public class JobQueue {
    /** Does the work of a job. */
    public interface Handler {
        void handle(long id, String payload) throws Exception;
    }

    private JobQueue() { }

    /** Takes the first open job and does it. False when there is none. */
    public static boolean workOne(Connection connection, Handler handler) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        boolean worked;
        try {
            worked = work(connection, handler);
            connection.commit();
        } catch (Throwable failure) {
            undo(connection, autoCommit, failure);
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
        return worked;
    }

    /** A cursor locks a row when it is fetched, so one fetch takes one job. */
    private static boolean work(Connection connection, Handler handler) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                declare next_job no scroll cursor for
                select id, payload from app.jobs where done_at is null
                order by queued_at, id
                for update skip locked""");
            long id;
            String payload;
            try (var job = statement.executeQuery("fetch next from next_job")) {
                if (!job.next()) {
                    return false;
                }
                id = job.getLong("id");
                payload = job.getString("payload");
            }
            handler.handle(id, payload);
            statement.executeUpdate("update app.jobs set done_at = clock_timestamp() where current of next_job");
            return true;
        }
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

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
        try {
            // The lock on the row is what marks the job as taken; it ends with the transaction.
            var worked = take(connection, handler);
            connection.commit();
            return worked;
        } catch (Exception failure) {
            try {
                connection.rollback();
            } catch (SQLException lost) {
                failure.addSuppressed(lost);
            }
            throw failure;
        } finally {
            restore(connection, autoCommit);
        }
    }

    private static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException lost) {
            // The connection is gone, and its transaction with it.
        }
    }

    private static boolean take(Connection connection, Handler handler) throws Exception {
        long id;
        String payload;
        try (var select = connection.createStatement();
             var job = select.executeQuery("""
                 select id, payload from app.jobs where done_at is null
                 order by queued_at, id limit 1
                 for update skip locked""")) {
            if (!job.next()) {
                return false;
            }
            id = job.getLong("id");
            payload = job.getString("payload");
        }
        handler.handle(id, payload);
        try (var update = connection.prepareStatement("update app.jobs set done_at = clock_timestamp() where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
        return true;
    }
}

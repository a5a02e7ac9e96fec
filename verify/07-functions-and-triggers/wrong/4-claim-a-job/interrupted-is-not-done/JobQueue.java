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
            worked = take(connection, handler);
            connection.commit();
        } catch (Throwable failure) {
            try {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            } catch (SQLException lost) {
                failure.addSuppressed(lost);
            }
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
        return worked;
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
        if (Thread.interrupted()) {
            // The worker is being shut down, so the work may have been cut short: leave the job to another one.
            throw new InterruptedException("interrupted while working on job " + id);
        }
        try (var update = connection.prepareStatement("update app.jobs set done_at = clock_timestamp() where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
        return true;
    }
}

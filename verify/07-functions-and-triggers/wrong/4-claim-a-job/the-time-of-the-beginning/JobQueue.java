import java.sql.Connection;

/** Takes jobs from the queue, one by one. */
public class JobQueue {
    /** Does the work of a job. */
    public interface Handler {
        void handle(long id, String payload) throws Exception;
    }

    private JobQueue() { }

    /** Takes the first open job and does it. False when there is none. */
    public static boolean workOne(Connection connection, Handler handler) throws Exception {
        var autocommit = connection.getAutoCommit();
        // The lock is the mark "taken". It lives as long as the transaction, which ends with the connection at the latest.
        connection.setAutoCommit(false);
        try {
            var worked = claimAndHandle(connection, handler);
            connection.commit();
            return worked;
        } catch (Throwable failure) {
            giveBack(connection, failure);
            throw failure;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(autocommit);
            }
        }
    }

    private static boolean claimAndHandle(Connection connection, Handler handler) throws Exception {
        try (var select = connection.createStatement();
             var job = select.executeQuery("""
                 select id, payload from app.jobs where done_at is null
                 order by queued_at limit 1 for update skip locked""")) {
            if (!job.next()) {
                return false;
            }
            var id = job.getLong("id");
            handler.handle(id, job.getString("payload"));

            try (var update = connection.prepareStatement("update app.jobs set done_at = now() where id = ?")) {
                update.setLong(1, id);
                update.executeUpdate();
            }
            return true;
        }
    }

    /** A dead connection cannot roll back, and need not; the caller wants to hear of the first failure. */
    private static void giveBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (java.sql.SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

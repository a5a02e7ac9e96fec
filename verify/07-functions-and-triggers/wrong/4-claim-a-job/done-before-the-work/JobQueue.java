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
        connection.setAutoCommit(true);
        try (var claim = connection.createStatement();
             var job = claim.executeQuery("""
                 update app.jobs set done_at = now() where id = (
                   select id from app.jobs where done_at is null order by queued_at limit 1 for update skip locked)
                 returning id, payload""")) {
            if (!job.next()) {
                return false;
            }
            handler.handle(job.getLong("id"), job.getString("payload"));
            return true;
        } finally {
            connection.setAutoCommit(autocommit);
        }
    }
}

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
        try (var select = connection.createStatement();
             var job = select.executeQuery("""
                 select id, payload from app.jobs where done_at is null
                 order by queued_at limit 1""")) {
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
}

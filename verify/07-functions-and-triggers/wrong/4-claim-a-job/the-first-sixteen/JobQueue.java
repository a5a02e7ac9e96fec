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
        boolean done;
        try {
            connection.setAutoCommit(false);
            done = claimAndWork(connection, handler);
            connection.commit();
        } catch (Throwable failure) {
            try {
                connection.rollback();
            } catch (Throwable e) {
                failure.addSuppressed(e);
            }
            try {
                connection.setAutoCommit(autoCommit);
            } catch (Throwable e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
        return done;
    }

    private static boolean claimAndWork(Connection connection, Handler handler) throws Exception {
        try (var select = connection.prepareStatement("""
                 select id, payload from app.jobs
                 where id in (select id from app.jobs where done_at is null order by queued_at, id limit 16)
                   and done_at is null
                 order by queued_at, id limit 1
                 for update skip locked""");
             var job = select.executeQuery()) {
            if (!job.next()) {
                return false;
            }
            var id = job.getLong("id");
            handler.handle(id, job.getString("payload"));
            try (var update = connection.prepareStatement(
                    "update app.jobs set done_at = clock_timestamp() where id = ?")) {
                update.setLong(1, id);
                update.executeUpdate();
            }
            return true;
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;

/** Takes jobs from the queue, one by one. */
public class JobQueue {
    /** Does the work of a job. */
    public interface Handler {
        void handle(long id, String payload) throws Exception;
    }

    private JobQueue() { }

    /** Takes the first open job and does it: done within the transaction, given back by its end. */
    public static boolean workOne(Connection connection, Handler handler) throws Exception {
        var before = connection.getAutoCommit();
        connection.setAutoCommit(false);
        boolean good = false;
        try (var claim = connection.prepareStatement("""
                with next as materialized (
                  select id from app.jobs where done_at is null
                  order by queued_at limit 1 for no key update skip locked
                )
                update app.jobs j set done_at = clock_timestamp() from next where j.id = next.id
                returning j.id, j.payload""");
             var job = claim.executeQuery()) {
            var found = job.next();
            if (found) {
                handler.handle(job.getLong(1), job.getString(2));
                done(connection, job.getLong(1));
            }
            connection.commit();
            good = true;
            return found;
        } finally {
            try {
                if (!good) {
                    connection.rollback();
                }
                connection.setAutoCommit(before);
            } catch (SQLException e) {
                if (good) {
                    throw e;
                }
            }
        }
    }

    /** Only now it is known when that was. */
    private static void done(Connection connection, long id) throws SQLException {
        try (var update = connection.prepareStatement("update app.jobs set done_at = clock_timestamp() where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }
}

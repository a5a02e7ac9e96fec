import java.sql.Connection;
import java.sql.SQLException;

/** Takes jobs from the queue, one by one. */
public class JobQueue {
    /** Does the work of a job. */
    public interface Handler {
        void handle(long id, String payload) throws Exception;
    }

    private JobQueue() { }

    private record Job(long id, String payload) { }

    /** Takes the first open job and does it. False when there is none. */
    public static boolean workOne(Connection connection, Handler handler) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        boolean worked;
        try {
            var job = take(connection);
            if (job != null) {
                handler.handle(job.id(), job.payload());
                markDone(connection, job.id());
            }
            connection.commit();
            worked = job != null;
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

    /** Looks first, and then locks a single row by its key: never more than the one job is held. */
    private static Job take(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
             var open = select.executeQuery("select id from app.jobs where done_at is null order by queued_at, id");
             var lock = connection.prepareStatement(
                     "select id, payload from app.jobs where id = ? for update skip locked")) {
            while (open.next()) {
                lock.setLong(1, open.getLong("id"));
                try (var job = lock.executeQuery()) {
                    if (job.next()) {
                        return new Job(job.getLong("id"), job.getString("payload"));
                    }
                }
            }
            return null;
        }
    }

    private static void markDone(Connection connection, long id) throws SQLException {
        try (var update = connection.prepareStatement("update app.jobs set done_at = clock_timestamp() where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }
}

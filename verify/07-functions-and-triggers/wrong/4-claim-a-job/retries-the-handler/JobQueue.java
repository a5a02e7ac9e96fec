import java.sql.Connection;
import java.sql.SQLException;

/** Takes jobs from the queue, one by one. */
public class JobQueue {
    /** Does the work of a job. */
    public interface Handler {
        void handle(long id, String payload) throws Exception;
    }

    private JobQueue() { }

    /** Takes the first open job that nobody works on and does it. False when there is none. */
    public static boolean workOne(Connection connection, Handler handler) throws Exception {
        for (int attempt = 1;; attempt++) {
            try {
                return tryOne(connection, handler);
            } catch (SQLException e) {
                // A deadlock, or a transaction that could not be serialized, is worth another attempt.
                var again = "40P01".equals(e.getSQLState()) || "40001".equals(e.getSQLState());
                if (!again || attempt == 3) {
                    throw e;
                }
            }
        }
    }

    private static boolean tryOne(Connection connection, Handler handler) throws Exception {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        boolean worked;
        try {
            worked = work(connection, handler);
            connection.commit();
        } catch (Throwable failure) {
            putBack(connection, autoCommit, failure);
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
        return worked;
    }

    /** Whatever fails here, it was not the first thing that failed. */
    private static void putBack(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            suppress(failure, second);
        }
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException second) {
            suppress(failure, second);
        }
    }

    private static void suppress(Throwable failure, Throwable second) {
        if (failure != second) {
            failure.addSuppressed(second);
        }
    }

    private static boolean work(Connection connection, Handler handler) throws Exception {
        long id;
        String payload;
        try (var select = connection.createStatement();
             var job = select.executeQuery("""
                 select id, payload from app.jobs where done_at is null
                 order by queued_at, id limit 1 for update skip locked""")) {
            if (!job.next()) {
                return false;
            }
            id = job.getLong("id");
            payload = job.getString("payload");
        }
        handler.handle(id, payload);
        done(connection, id);
        return true;
    }

    private static void done(Connection connection, long id) throws SQLException {
        try (var update = connection.prepareStatement(
                "update app.jobs set done_at = clock_timestamp() where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;

/** Takes jobs from the queue, one by one. */
public class JobQueue {
    /** Does the work of a job. */
    public interface Handler {
        void handle(long id, String payload) throws Exception;
    }

    private record Job(long id, String payload) { }

    private JobQueue() { }

    /** Takes the first open job and does it. False when there is none. */
    public static boolean workOne(Connection connection, Handler handler) throws Exception {
        try (var transaction = new Transaction(connection)) {
            var job = transaction.claim();
            if (job == null) {
                return false;
            }
            handler.handle(job.id(), job.payload());
            transaction.finish(job);
            return true;
        }
    }

    /** The job is taken as long as this is open. What was not committed until then is rolled back. */
    private static final class Transaction implements AutoCloseable {
        private final Connection connection;
        private final boolean autoCommit;

        Transaction(Connection connection) throws SQLException {
            this.connection = connection;
            this.autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
        }

        Job claim() throws SQLException {
            try (var select = connection.prepareStatement("""
                     select id, payload
                     from app.jobs
                     where done_at is null
                     order by queued_at, id
                     fetch first row only
                     for no key update skip locked""");
                 var job = select.executeQuery()) {
                return job.next() ? new Job(job.getLong("id"), job.getString("payload")) : null;
            }
        }

        void finish(Job job) throws SQLException {
            try (var update = connection.prepareStatement(
                    "update app.jobs set done_at = clock_timestamp() where id = ?")) {
                update.setLong(1, job.id());
                update.executeUpdate();
            }
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            try {
                connection.rollback();
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }
}

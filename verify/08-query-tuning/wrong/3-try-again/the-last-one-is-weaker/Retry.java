import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Runs work in transactions. */
public class Retry {

    /** Work in a transaction. It may run more than once. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final int MOST = 10;

    private Retry() { }

    /** Runs the work in a serializable transaction and commits. */
    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        int most = Math.min(attempts, MOST);
        for (int attempt = 1;; attempt++) {
            try {
                return once(source, attempt > 1 && attempt == most, work);
            } catch (SQLException e) {
                if (attempt >= most || !isWorthAnotherTry(e)) {
                    throw e;
                }
            }
            // Stays quick when the thread is interrupted, and leaves the flag alone.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(2, 10)));
        }
    }

    /** A serialization failure or a deadlock. */
    private static boolean isWorthAnotherTry(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    private static <T> T once(DataSource source, boolean lastChance, Work<T> work) throws SQLException {
        var connection = source.getConnection();
        try {
            T result;
            try {
                connection.setAutoCommit(false);
                // The last attempt must get through: without predicate locks nobody can fail it at the commit.
                connection.setTransactionIsolation(lastChance
                        ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_SERIALIZABLE);
                result = work.run(connection);
                connection.commit();
            } catch (Throwable failure) {
                quietly(failure, connection::rollback);
                throw failure;
            }
            return result;
        } finally {
            quietly(null, connection::close);
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** What fails here does not hide what happened before. */
    private static void quietly(Throwable failure, Step step) {
        try {
            step.run();
        } catch (Throwable another) {
            if (failure != null && another != failure) {
                failure.addSuppressed(another);
            }
        }
    }
}

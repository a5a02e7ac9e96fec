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

    /** Runs the work in a serializable transaction and commits. */
    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(source, work);
            } catch (SQLException failure) {
                if (attempt >= attempts || !again(failure)) {
                    throw failure;
                }
            }
            rest(attempt);
        }
    }

    private static boolean again(SQLException failure) {
        return "40001".equals(failure.getSQLState()) || "40P01".equals(failure.getSQLState());
    }

    private static void rest(int attempt) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                ThreadLocalRandom.current().nextInt(1, 2 + 5 * Math.min(attempt, 10))));
    }

    private static <T> T once(DataSource source, Work<T> work) throws SQLException {
        var connection = source.getConnection();
        T result;
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            result = work.run(connection);
            connection.commit();
        } catch (Throwable failure) {
            quietly(failure, connection::rollback);
            quietly(failure, connection::close);
            throw failure;
        }
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            // it is committed, and that counts
        }
        return result;
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static void quietly(Throwable failure, Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }
}

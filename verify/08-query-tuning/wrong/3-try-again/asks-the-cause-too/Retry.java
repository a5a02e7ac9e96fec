import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
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
            try (var connection = source.getConnection()) {
                try {
                    connection.setAutoCommit(false);
                    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    var result = work.run(connection);
                    connection.commit();
                    return result;
                } catch (Throwable failure) {
                    rollback(connection, failure);
                    throw failure;
                }
            } catch (SQLException | RuntimeException failure) {
                if (attempt >= attempts || !isWorthAnother(failure)) {
                    throw failure;
                }
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 10_000_000));
        }
    }

    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Frameworks like to wrap: the cause counts as well. */
    private static boolean isWorthAnother(Throwable failure) {
        for (var e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql
                    && ("40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}

import java.sql.Connection;
import java.sql.SQLException;
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
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                return runAndEnd(connection, work);
            } catch (SQLException e) {
                if (attempt >= attempts || !isTransient(e)) {
                    throw e;
                }
            }
            pause(attempt);
        }
    }

    private static <T> T runAndEnd(Connection connection, Work<T> work) throws SQLException {
        var failed = false;
        try {
            return work.run(connection);
        } catch (SQLException | RuntimeException e) {
            failed = true;
            rollback(connection, e);
            throw e;
        } finally {
            if (!failed) {
                commit(connection);
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static void rollback(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static boolean isTransient(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    private static void pause(int attempt) {
        if (attempt <= 10) {
            try {
                Thread.sleep(10L * attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

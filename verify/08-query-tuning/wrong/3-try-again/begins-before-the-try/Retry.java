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
            try {
                return once(begin(source), work);
            } catch (SQLException e) {
                if (attempt >= attempts || !isTransient(e)) {
                    throw e;
                }
            }
            pause(attempt);
        }
    }

    private static Connection begin(DataSource source) throws SQLException {
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        return connection;
    }

    /** Ends the transaction and closes the connection, in any case. */
    private static <T> T once(Connection begun, Work<T> work) throws SQLException {
        try (var connection = begun) {
            try {
                var result = work.run(connection);
                connection.commit();
                return result;
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
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

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
                return once(source, work);
            } catch (SQLException e) {
                var again = switch (e.getSQLState()) {
                    case "40001", "40P01" -> attempt < attempts;
                    default -> false;
                };
                if (!again) {
                    throw e;
                }
            }
            pause(attempt);
        }
    }

    private static <T> T once(DataSource source, Work<T> work) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
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

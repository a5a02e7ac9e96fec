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
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
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
                if (attempts > 1 && failure instanceof SQLException e && ("40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState()))) {
                    return inTransaction(source, attempts - 1, work);
                }
                throw failure;
            }
        }
    }
}

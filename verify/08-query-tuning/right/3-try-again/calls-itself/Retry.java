import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in transactions. */
public class Retry {

    /** Work in a transaction. It may run more than once. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Runs the work in a serializable transaction and commits; again, when PostgreSQL says that this will help. */
    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        SQLException failure;
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            try {
                var result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                try {
                    connection.rollback();
                } catch (SQLException another) {
                    e.addSuppressed(another);
                }
                throw e;
            }
        } catch (SQLException e) {
            failure = e;
        }
        if (attempts > 1 && ("40001".equals(failure.getSQLState()) || "40P01".equals(failure.getSQLState()))) {
            return inTransaction(source, attempts - 1, work);
        }
        throw failure;
    }
}

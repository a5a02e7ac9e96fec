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
        var connection = source.getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            var result = work.run(connection);
            connection.commit();
            end(connection, false);
            return result;
        } catch (SQLException e) {
            end(connection, true);
            failure = e;
        } catch (RuntimeException | Error e) {
            end(connection, true);
            throw e;
        }
        if (attempts > 1 && ("40001".equals(failure.getSQLState()) || "40P01".equals(failure.getSQLState()))) {
            return inTransaction(source, attempts - 1, work);
        }
        throw failure;
    }

    private static void end(Connection connection, boolean failed) {
        try (connection) {
            if (failed) {
                connection.rollback();
            }
        } catch (Exception e) {
            // another failure, or the commit, was before it
        }
    }
}

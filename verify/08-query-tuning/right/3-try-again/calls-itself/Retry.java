import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Runs work in transactions. */
public class Retry {
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("40001", "40P01");

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
            boolean done = false;
            try {
                var result = work.run(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            failure = e;
        }
        if (attempts > 1 && WORTH_ANOTHER_TRY.contains(failure.getSQLState())) {
            return inTransaction(source, attempts - 1, work);
        }
        throw failure;
    }
}

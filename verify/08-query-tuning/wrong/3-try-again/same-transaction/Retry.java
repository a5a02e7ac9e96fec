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

    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            for (int attempt = 1; ; attempt++) {
                try {
                    var result = work.run(connection);
                    connection.commit();
                    return result;
                } catch (SQLException e) {
                    if (attempt >= attempts || !WORTH_ANOTHER_TRY.contains(e.getSQLState())) {
                        connection.rollback();
                        throw e;
                    }
                }
            }
        }
    }
}

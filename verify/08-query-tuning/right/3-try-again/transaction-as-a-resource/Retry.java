import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Runs work in transactions. */
public class Retry {

    /** Work in a transaction. It may run more than once. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** How long to wait before the second attempt, the third, ...; later ones follow at once. */
    private static final int[] PAUSES = {5, 20, 50, 100, 200};

    private static final List<String> TRY_AGAIN = List.of("40001", "40P01");

    /** A transaction that is rolled back when it is closed, unless it was committed. */
    private static final class Transaction implements AutoCloseable {
        private final Connection connection;
        private boolean open;

        Transaction(Connection connection) throws SQLException {
            this.connection = connection;
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            open = true;
        }

        void commit() throws SQLException {
            connection.commit();
            open = false;
        }

        @Override
        public void close() throws SQLException {
            if (open) {
                connection.rollback();
            }
        }
    }

    /** Runs the work in a serializable transaction and commits. */
    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        int attempt = 0;
        while (true) {
            try (var connection = source.getConnection();
                 var transaction = new Transaction(connection)) {
                var result = work.run(connection);
                transaction.commit();
                return result;
            } catch (SQLException e) {
                // by now both are closed, in the other order
                var state = String.valueOf(e.getSQLState());
                if (++attempt >= attempts || !TRY_AGAIN.contains(state)) {
                    throw e;
                }
            }
            if (attempt <= PAUSES.length) {
                try {
                    Thread.sleep(PAUSES[attempt - 1]);
                } catch (InterruptedException e) {
                    // tries on without more waiting; whoever called us sees the flag
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}

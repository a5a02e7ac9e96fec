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

    /** A transaction on a connection of its own; what was not committed is rolled back when it is closed. */
    private static final class Transaction implements AutoCloseable {
        private final Connection connection;
        private boolean committed;

        Transaction(Connection connection) {
            this.connection = connection;
        }

        Connection begin() throws SQLException {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            return connection;
        }

        void commit() throws SQLException {
            connection.commit();
            committed = true;
        }

        @Override
        public void close() {
            try (connection) {
                if (!committed) {
                    connection.rollback();
                }
            } catch (SQLException | RuntimeException e) {
                System.getLogger("transactions").log(System.Logger.Level.DEBUG, "at the end of a transaction", e);
            }
        }
    }

    /** Runs the work in a serializable transaction and commits. */
    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        int attempt = 0;
        while (true) {
            try (var transaction = new Transaction(source.getConnection())) {
                var result = work.run(transaction.begin());
                transaction.commit();
                return result;
            } catch (SQLException e) {
                // by now it is closed
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

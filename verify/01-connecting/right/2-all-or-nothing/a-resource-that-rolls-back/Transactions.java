import java.sql.Connection;
import java.sql.SQLException;

class Transactions {

    interface Work {
        void run(Connection connection) throws Exception;
    }

    /** Runs the work in one transaction: all of it, or nothing. */
    static void inTransaction(Connection connection, Work work) throws Exception {
        try (var transaction = new Transaction(connection)) {
            work.run(connection);
            transaction.commit();
        }
    }

    /** A transaction that is rolled back when it is closed, unless it has been committed. */
    private static final class Transaction implements AutoCloseable {
        private final Connection connection;
        private final boolean autoCommit;
        private boolean committed;

        Transaction(Connection connection) throws SQLException {
            this.connection = connection;
            this.autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
        }

        void commit() throws SQLException {
            // Fails if a statement has been refused before, and if a constraint that was put off does not hold.
            try (var check = connection.createStatement()) {
                check.execute("set constraints all immediate");
            }
            connection.commit();
            committed = true;
        }

        @Override public void close() throws SQLException {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(autoCommit);
        }
    }
}

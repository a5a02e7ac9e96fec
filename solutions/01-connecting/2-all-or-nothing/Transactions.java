import java.sql.Connection;
import java.sql.SQLException;

class Transactions {

    interface Work {
        void run(Connection connection) throws Exception;
    }

    /**
     * Runs the work in one transaction: all of it, or nothing. The connection comes back as it was given.
     *
     * @throws Exception    what the work threw, after a rollback
     * @throws SQLException 25P02 if the work ended well but PostgreSQL had refused one of its statements
     */
    static void inTransaction(Connection connection, Work work) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            work.run(connection);
            refuseAbortedTransaction(connection);
            connection.commit();
        } catch (Throwable failure) { // bugs and errors must not leave half of the work behind either
            attempt(connection::rollback, failure);
            attempt(() -> connection.setAutoCommit(autoCommit), failure);
            throw failure;
        }
        // Not in a finally: in the middle of a transaction this call would commit it.
        connection.setAutoCommit(autoCommit);
    }

    /** commit() of a transaction that PostgreSQL has given up rolls back and says nothing. Any statement says 25P02. */
    private static void refuseAbortedTransaction(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** The first failure is the one that explains; what goes wrong while tidying up is attached to it. */
    private static void attempt(Step step, Throwable failure) {
        try {
            step.run();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

import java.sql.Connection;

class Transactions {

    interface Work {
        void run(Connection connection) throws Exception;
    }

    /** Runs the work in one transaction: all of it, or nothing. */
    static void inTransaction(Connection connection, Work work) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            work.run(connection);
            // PostgreSQL refuses a savepoint in a transaction that it has given up; commit() would say nothing.
            connection.setSavepoint();
            connection.commit();
        } catch (Throwable failure) {
            undo(connection, autoCommit, failure);
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            // Only after a rollback that worked: with a transaction open, this would commit.
            connection.setAutoCommit(autoCommit);
        } catch (Exception e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }
}

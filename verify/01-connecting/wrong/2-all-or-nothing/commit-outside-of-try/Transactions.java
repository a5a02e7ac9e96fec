import java.sql.Connection;
import java.sql.SQLException;

class Transactions {

    interface Work {
        void run(Connection connection) throws Exception;
    }

    static void inTransaction(Connection connection, Work work) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            work.run(connection);
            try (var probe = connection.createStatement()) {
                probe.execute("select 1");
            }
        } catch (Throwable failure) {
            undo(connection, autoCommit, failure);
            throw failure;
        }
        connection.commit(); // it ends the transaction, in one way or the other
        connection.setAutoCommit(autoCommit);
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

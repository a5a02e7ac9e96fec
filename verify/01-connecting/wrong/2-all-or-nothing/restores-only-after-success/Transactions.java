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
            connection.commit();
        } catch (Throwable failure) {
            undo(connection, failure);
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }

    private static void undo(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

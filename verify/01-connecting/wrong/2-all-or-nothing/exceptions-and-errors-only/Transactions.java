import java.sql.Connection;
import java.sql.SQLException;

class Transactions {

    interface Work {
        void run(Connection connection) throws Exception;
    }

    /** Runs the work in one transaction: all of it, or nothing. */
    static void inTransaction(Connection connection, Work work) throws Exception {
        var autoCommit = connection.getAutoCommit();
        try {
            connection.setAutoCommit(false);
            work.run(connection);
            // In a transaction that PostgreSQL has given up this fails, while commit would not.
            try (var probe = connection.createStatement()) {
                probe.execute("select 1");
            }
            connection.commit();
        } catch (Exception | Error failure) {
            try {
                connection.rollback();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
            try {
                connection.setAutoCommit(autoCommit);
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }
}

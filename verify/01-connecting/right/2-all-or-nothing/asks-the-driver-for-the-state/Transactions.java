import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

class Transactions {

    interface Work {
        void run(Connection connection) throws Exception;
    }

    static void inTransaction(Connection connection, Work work) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        Throwable thrown = null;
        try {
            work.run(connection);
            if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
                throw new SQLException("a statement of the work was refused; nothing is committed", "25P02");
            }
            connection.commit();
        } catch (Throwable e) {
            thrown = e;
            throw e;
        } finally {
            tidyUp(connection, autoCommit, thrown);
        }
    }

    private static void tidyUp(Connection connection, boolean autoCommit, Throwable thrown) throws SQLException {
        try {
            if (thrown != null) {
                connection.rollback();
            }
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            if (thrown == null) {
                throw e;
            }
            thrown.addSuppressed(e);
        }
    }
}

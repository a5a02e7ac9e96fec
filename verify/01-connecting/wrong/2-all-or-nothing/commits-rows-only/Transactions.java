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
            boolean wrote;
            try (var probe = connection.createStatement();
                 var xid = probe.executeQuery("select pg_current_xact_id_if_assigned() is not null")) {
                xid.next();
                wrote = xid.getBoolean(1);
            }
            if (wrote) {
                connection.commit();
            } else {
                // Who only read has nothing to commit.
                connection.rollback();
            }
        } catch (Throwable failure) {
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

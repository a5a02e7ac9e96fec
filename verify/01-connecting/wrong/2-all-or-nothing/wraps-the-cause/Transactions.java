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
            connection.createStatement().execute("select 1");
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } catch (Throwable failure) {
            connection.rollback();
            throw new RuntimeException("rolled back", failure);
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }
}

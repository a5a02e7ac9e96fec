import java.sql.Connection;

class Transactions {

    interface Work {
        void run(Connection connection) throws Exception;
    }

    static void inTransaction(Connection connection, Work work) throws Exception {
        connection.setAutoCommit(false);
        try {
            work.run(connection);
        } finally {
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}

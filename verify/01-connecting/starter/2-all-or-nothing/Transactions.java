import java.sql.Connection;

class Transactions {

    interface Work {
        void run(Connection connection) throws Exception;
    }

    /** Runs the work in one transaction: all of it, or nothing. */
    static void inTransaction(Connection connection, Work work) throws Exception {
        connection.setAutoCommit(false);
        work.run(connection);
        connection.commit();
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in transactions. */
public class Retry {

    /** Work in a transaction. It may run more than once. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Something that may fail, and nobody cares. */
    private interface Step {
        void run() throws Exception;
    }

    /** Runs the work in a serializable transaction and commits; tries again after 40001 and 40P01. */
    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        int most = Math.min(attempts, 10);
        for (int attempt = 1; ; attempt++) {
            try {
                return once(source, work);
            } catch (SQLException e) {
                if (attempt >= most || !again(e)) {
                    throw e;
                }
            }
            pause(attempt);
        }
    }

    private static <T> T once(DataSource source, Work<T> work) throws SQLException {
        var connection = source.getConnection();
        try {
            T result;
            try {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                result = work.run(connection);
            } catch (Throwable e) {
                quietly(connection::rollback);
                throw e;
            }
            // a commit that fails has ended the transaction
            connection.commit();
            return result;
        } finally {
            quietly(connection::close);
        }
    }

    private static boolean again(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (Throwable ignored) {
            // what happened before is more interesting
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(5L * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

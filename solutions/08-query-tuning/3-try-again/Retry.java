import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Runs work in transactions. */
public class Retry {
    /** Work in a transaction. It may run more than once. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Runs the work in a serializable transaction and commits; again, when PostgreSQL says that this will help. */
    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(source, work);
            } catch (SQLException e) {
                if (attempt >= attempts || !isWorthAnotherTry(e.getSQLState())) {
                    throw e;
                }
            }
            // By chance, so that two who met do not meet again.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, 20)));
        }
    }

    /** There may be no state; a {@code Set.of} would not even be asked for null. */
    private static boolean isWorthAnotherTry(String sqlState) {
        return "40001".equals(sqlState) || "40P01".equals(sqlState);
    }

    /** A connection and a transaction of its own: what a failed attempt has read and written is gone. */
    private static <T> T once(DataSource source, Work<T> work) throws SQLException {
        var connection = source.getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            var result = work.run(connection);
            connection.commit(); // this may be where PostgreSQL finds out
            return result;
        } catch (Throwable e) {
            finish(connection::rollback);
            throw e;
        } finally {
            finish(connection::close); // not by try with resources, which throws what the close throws, after a commit too
        }
    }

    private interface End {
        void run() throws SQLException;
    }

    /** On a connection that is dead this fails as well; what the caller wants to know came before. */
    private static void finish(End end) {
        try {
            end.run();
        } catch (SQLException | RuntimeException e) {
            // A line in the log, where there is one.
        }
    }
}

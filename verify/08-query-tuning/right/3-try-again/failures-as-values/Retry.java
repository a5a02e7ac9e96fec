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

    private sealed interface Outcome<T> { }

    private record Done<T>(T value) implements Outcome<T> { }

    private record Beaten<T>(SQLException by) implements Outcome<T> { }

    /** What all waits of one call have together. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(600);

    /** Runs the work in a serializable transaction and commits. */
    public static <T> T inTransaction(DataSource source, int attempts, Work<T> work) throws SQLException {
        var patience = PATIENCE;
        for (int left = attempts - 1; ; left--) {
            switch (attempt(source, work)) {
                case Done<T>(var value) -> {
                    return value;
                }
                case Beaten<T>(var by) -> {
                    if (left <= 0) {
                        throw by;
                    }
                    var wait = ThreadLocalRandom.current().nextLong(1 + patience / 8);
                    patience -= wait;
                    // returns at once when the thread is interrupted, and leaves it so
                    LockSupport.parkNanos(wait);
                }
            }
        }
    }

    /** One transaction, on a connection of its own, which is closed afterwards. */
    private static <T> Outcome<T> attempt(DataSource source, Work<T> work) throws SQLException {
        var connection = source.getConnection();
        try {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set transaction isolation level serializable");
            }
            var value = work.run(connection);
            connection.commit();
            return new Done<>(value);
        } catch (SQLException e) {
            rollback(connection);
            if ("40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState())) {
                return new Beaten<>(e);
            }
            throw e;
        } catch (Throwable e) {
            rollback(connection);
            throw e;
        } finally {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                // how it ended is known by now
            }
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            // somebody waits for the failure before it
        }
    }
}

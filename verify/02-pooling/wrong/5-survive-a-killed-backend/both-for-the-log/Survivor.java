import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work on connections of a pool, and survives the loss of one. */
public class Survivor {
    /** What somebody does with a connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private final DataSource pool;

    public Survivor(DataSource pool) {
        this.pool = pool;
    }

    /** Runs work that may be done twice. */
    public <T> T repeatable(Work<T> work) throws SQLException {
        SQLException first = null;
        try (var connection = pool.getConnection()) {
            try {
                return work.run(connection);
            } catch (SQLException failure) {
                if (!lost(failure)) {
                    throw failure;
                }
                first = failure;
                abandon(connection);
            }
        } catch (SQLException failure) {
            if (first == null) {
                throw failure;
            }
        }
        try {
            return once(work);
        } catch (SQLException | RuntimeException | Error second) {
            // Whoever reads the log sees both.
            second.addSuppressed(first);
            throw second;
        }
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            return work.run(connection);
        }
    }

    /** The pool must not lend this one again, even where it has noticed nothing itself. */
    private static void abandon(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException ignored) {
            // it is lost already
        }
    }

    private static boolean lost(SQLException failure) {
        var state = failure.getSQLState();
        return state != null && (state.equals("57P01") || state.startsWith("08"));
    }
}

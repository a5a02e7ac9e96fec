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
        try {
            return once(work);
        } catch (SQLException failure) {
            if (!lost(failure)) {
                throw failure;
            }
            return once(work);
        }
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        var connection = pool.getConnection();
        Throwable first = null;
        try {
            return work.run(connection);
        } catch (Throwable failure) {
            first = failure;
            throw failure;
        } finally {
            if (!connection.isClosed() && !(first instanceof SQLException e && String.valueOf(e.getSQLState()).startsWith("08"))) {
                close(connection, first);
            }
        }
    }

    private static void close(Connection connection, Throwable first) throws SQLException {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            if (first == null) {
                throw e;
            }
            first.addSuppressed(e);
        }
    }

    private static boolean lost(SQLException failure) {
        var state = failure.getSQLState();
        return state != null && (state.equals("57P01") || state.startsWith("08"));
    }
}

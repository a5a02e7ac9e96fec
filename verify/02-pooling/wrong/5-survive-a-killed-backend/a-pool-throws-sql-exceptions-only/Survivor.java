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
        }
        return once(work);
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        var connection = pool.getConnection();
        T result;
        try {
            result = work.run(connection);
        } catch (Throwable failure) {
            giveBack(connection, failure);
            throw failure;
        }
        connection.close();
        return result;
    }

    /** Gives a connection back after a failure, which is what the caller wants to hear of. */
    private static void giveBack(Connection connection, Throwable failure) {
        try {
            connection.close();
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private static boolean lost(SQLException failure) {
        var state = failure.getSQLState();
        return state != null && (state.equals("57P01") || state.startsWith("08"));
    }
}

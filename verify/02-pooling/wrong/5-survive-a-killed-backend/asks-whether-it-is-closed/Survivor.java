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
        var gone = false;
        try (var connection = pool.getConnection()) {
            try {
                return work.run(connection);
            } catch (SQLException e) {
                // The pool closes a connection at once when it sees that it is broken.
                gone = lost(e) || connection.isClosed();
                throw e;
            }
        } catch (SQLException e) {
            if (!gone) throw e;
        }
        return once(work);
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            return work.run(connection);
        }
    }

    private static boolean lost(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.equals("57P01") || state.startsWith("08"));
    }
}

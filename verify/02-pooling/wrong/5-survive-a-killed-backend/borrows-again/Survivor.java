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
            return run(work, pool.getConnection());
        } catch (SQLException e) {
            if (!lost(e)) {
                throw e;
            }
        }
        return run(work, pool.getConnection());
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        return run(work, borrowed());
    }

    /** As long as no work has begun, nothing is done twice: here, and only here, a second try is harmless. */
    private Connection borrowed() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            if (!lost(e)) {
                throw e;
            }
        }
        return pool.getConnection();
    }

    private static <T> T run(Work<T> work, Connection borrowed) throws SQLException {
        try (borrowed) {
            return work.run(borrowed);
        }
    }

    private static boolean lost(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.equals("57P01") || state.startsWith("08"));
    }
}

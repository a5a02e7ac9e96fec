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
        SQLException first;
        try {
            return once(work);
        } catch (SQLException failure) {
            if (!lost(failure)) {
                throw failure;
            }
            first = failure;
        }
        try (var connection = another(first)) {
            return work.run(connection);
        }
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            return work.run(connection);
        }
    }

    /** Another connection; where there is none, the work could not be tried again, and what lost the first one counts. */
    private Connection another(SQLException first) throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLException none) {
            first.addSuppressed(none);
            throw first;
        }
    }

    private static boolean lost(SQLException failure) {
        var state = failure.getSQLState();
        return state != null && (state.equals("57P01") || state.startsWith("08"));
    }
}

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
        try (var connection = pool.getConnection()) {
            return work.run(connection);
        }
    }

    private static boolean lost(SQLException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && String.valueOf(sql.getSQLState()).matches("57P01|08...")) {
                return true;
            }
        }
        return false;
    }
}

import com.zaxxer.hikari.HikariDataSource;
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
            return attempt(work);
        } catch (SQLException e) {
            if (lost(e)) {
                return attempt(work);
            }
            throw e;
        }
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        return attempt(work);
    }

    /** Each try borrows for itself: a connection that was lost stays lost. */
    private <T> T attempt(Work<T> work) throws SQLException {
        var connection = pool.getConnection();
        T result;
        try {
            result = work.run(connection);
        } catch (SQLException failure) {
            if (lost(failure)) {
                throwAway(connection);
            }
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        connection.close();
        return result;
    }

    /** The pool may not have noticed. What is lost must not be lent again. */
    private void throwAway(Connection connection) {
        if (pool instanceof HikariDataSource hikari) {
            hikari.evictConnection(connection);
        }
    }

    private static boolean lost(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.equals("57P01") || state.startsWith("08"));
    }
}

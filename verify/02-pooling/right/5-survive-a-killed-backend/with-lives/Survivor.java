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
        return run(work, 1);
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        return run(work, 0);
    }

    /** Runs the work, and again on another connection as long as there are lives left. */
    private <T> T run(Work<T> work, int lives) throws SQLException {
        try (var connection = pool.getConnection()) {
            try {
                return work.run(connection);
            } catch (SQLException e) {
                if (lost(e)) {
                    throwAway(connection);
                }
                throw e;
            }
        } catch (SQLException e) {
            // Here the connection has been given back.
            if (lives == 0 || !lost(e)) {
                throw e;
            }
        }
        return run(work, lives - 1);
    }

    private static boolean lost(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.equals("57P01") || state.startsWith("08"));
    }

    /** The pool may not have noticed. What is lost must not be lent again. */
    private void throwAway(Connection connection) {
        if (pool instanceof HikariDataSource hikari) {
            hikari.evictConnection(connection);
        }
    }
}

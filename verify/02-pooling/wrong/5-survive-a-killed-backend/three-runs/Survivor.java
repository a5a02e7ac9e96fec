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

    private static final int ATTEMPTS = 3;

    /** Runs work that may be done twice. */
    public <T> T repeatable(Work<T> work) throws SQLException {
        for (var attempt = 1;; attempt++) {
            try {
                return attempt(work);
            } catch (SQLException e) {
                if (!lost(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        return attempt(work);
    }

    /** Each try borrows for itself: a connection that was lost stays lost. */
    private <T> T attempt(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            try {
                return work.run(connection);
            } catch (SQLException e) {
                if (lost(e)) {
                    throwAway(connection);
                }
                throw e;
            }
        }
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

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** Runs work on connections of a pool, and survives the loss of one. */
public class Survivor {
    /** What somebody does with a connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** admin_shutdown, and what PostgreSQL and its driver have in class 08. */
    private static final Set<String> LOST =
        Set.of("57P01", "08000", "08001", "08003", "08004", "08006", "08007", "08P01");

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
        return once(work);
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
        return failure.getSQLState() != null && LOST.contains(failure.getSQLState());
    }
}

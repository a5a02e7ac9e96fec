import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Runs work on connections of a pool, and survives the loss of one. */
public class Survivor {
    /** What somebody does with a connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final Pattern LOST = Pattern.compile("57P01|08.*");

    private final DataSource pool;

    public Survivor(DataSource pool) {
        this.pool = pool;
    }

    /** How a try ended, if not with a failure that is none of our business. */
    private sealed interface Outcome<T> { }

    private record Done<T>(T value) implements Outcome<T> { }

    private record Lost<T>(SQLException failure) implements Outcome<T> { }

    /** Runs work that may be done twice. */
    public <T> T repeatable(Work<T> work) throws SQLException {
        return switch (attempt(work)) {
            case Done<T>(var value) -> value;
            case Lost<T> _ -> once(work);
        };
    }

    /** Runs work that must not be done twice. */
    public <T> T once(Work<T> work) throws SQLException {
        return switch (attempt(work)) {
            case Done<T>(var value) -> value;
            case Lost<T>(var failure) -> throw failure;
        };
    }

    private <T> Outcome<T> attempt(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            try {
                return new Done<>(work.run(connection));
            } catch (SQLException e) {
                if (lost(e)) {
                    throwAway(connection);
                }
                throw e;
            }
        } catch (SQLException e) {
            if (lost(e)) {
                return new Lost<>(e);
            }
            throw e;
        }
    }

    private static boolean lost(SQLException e) {
        return LOST.matcher(String.valueOf(e.getSQLState())).matches();
    }

    /** The pool may not have noticed. What is lost must not be lent again. */
    private void throwAway(Connection connection) {
        if (pool instanceof HikariDataSource hikari) {
            hikari.evictConnection(connection);
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import javax.sql.DataSource;

/** Runs the work of requests, each for its tenant. */
public class Tenants {
    /** What a request does with its connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private final DataSource pool;

    public Tenants(DataSource pool) {
        this.pool = pool;
    }

    /** Runs work that sees the rows of one tenant, as one unit: all of it is kept, or nothing. */
    public <T> T as(String tenant, Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            var autoCommit = connection.getAutoCommit();
            try (AtTheEnd asBefore = () -> connection.setAutoCommit(autoCommit);
                 AtTheEnd nobody = () -> leave(connection);
                 AtTheEnd undo = connection::rollback) {
                connection.setAutoCommit(false);
                enter(connection, tenant);
                var result = work.run(connection);
                ping(connection);
                if (Thread.currentThread().isInterrupted()) {
                    throw new SQLTransientException("the request was cancelled", "57014"); // nobody waits for it any more
                }
                connection.commit(); // and the rollback finds nothing to undo
                return result;
            }
        }
    }

    /** What has to be done on every way out. What fails there hangs on the failure of the work. */
    private interface AtTheEnd extends AutoCloseable {
        @Override void close() throws SQLException;
    }

    /** The tenant of this transaction. */
    private static void enter(Connection connection, String tenant) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            set.setString(1, tenant);
            set.execute();
        }
    }

    /** Fails where PostgreSQL has refused a statement. */
    private static void ping(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    /** No tenant in this session, whoever has set one. */
    private static void leave(Connection connection) throws SQLException {
        try (var reset = connection.createStatement()) {
            reset.execute("select set_config('app.tenant', '', false)");
            connection.commit();
        } catch (SQLException e) {
            connection.abort(Runnable::run); // nobody shall borrow it
            throw e;
        }
    }
}

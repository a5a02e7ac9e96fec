import java.sql.Connection;
import java.sql.SQLException;
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
            T result;
            try {
                connection.setAutoCommit(false);
                setTenant(connection, tenant, true);
                result = work.run(connection);
                probe(connection);
                connection.commit();
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                } catch (Throwable e) {
                    failure.addSuppressed(e);
                }
                try {
                    forget(connection, autoCommit);
                } catch (Throwable e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            forget(connection, autoCommit);
            return result;
        }
    }

    private static void setTenant(Connection connection, String tenant, boolean local) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, ?)")) {
            set.setString(1, tenant);
            set.setBoolean(2, local);
            set.execute();
        }
    }

    /** Refused where PostgreSQL cannot commit any more. */
    private static void probe(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    /** The work may have set a tenant of its own that outlives the transaction. */
    private static void forget(Connection connection, boolean autoCommit) throws SQLException {
        try {
            connection.setAutoCommit(autoCommit);
            setTenant(connection, "", false);
        } catch (Throwable e) {
            connection.abort(Runnable::run); // nobody shall borrow it like this
            throw e;
        }
    }
}

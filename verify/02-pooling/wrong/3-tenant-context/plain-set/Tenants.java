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
            connection.setAutoCommit(false);
            try {
                setTenant(connection, tenant, false);
                var result = work.run(connection);
                connection.setSavepoint(); // PostgreSQL refuses that where it has refused something before
                connection.commit();
                return result;
            } catch (Throwable failure) {
                rollback(connection, failure);
                throw failure;
            }
        }
    }

    private static void setTenant(Connection connection, String tenant, boolean local) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, ?)")) {
            set.setString(1, tenant);
            set.setBoolean(2, local);
            set.execute();
        }
    }

    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

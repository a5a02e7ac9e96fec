import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

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
            setTenant(connection, tenant);
            T result;
            try {
                connection.setAutoCommit(false);
                result = work.run(connection);
                if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
                    throw new SQLException("a statement was refused, so nothing can be committed", "25P02");
                }
                connection.commit();
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                    leave(connection);
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            leave(connection);
            return result;
        }
    }

    private static void leave(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        setTenant(connection, "");
    }

    private static void setTenant(Connection connection, String tenant) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, false)")) {
            set.setString(1, tenant);
            set.execute();
        }
    }
}

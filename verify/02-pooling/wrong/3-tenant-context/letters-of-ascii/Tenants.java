import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Runs the work of requests, each for its tenant. */
public class Tenants {
    /** What a request does with its connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final Pattern NAME = Pattern.compile("\\p{Print}*");

    private final DataSource pool;

    public Tenants(DataSource pool) {
        this.pool = pool;
    }

    /** Runs work that sees the rows of one tenant, as one unit: all of it is kept, or nothing. */
    public <T> T as(String tenant, Work<T> work) throws SQLException {
        if (!NAME.matcher(tenant).matches()) {
            throw new IllegalArgumentException("the name of a tenant has printable characters only");
        }
        try (var connection = pool.getConnection()) {
            var autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                tenant(connection, tenant, true);
                var result = work.run(connection);
                // The work may have set the tenant for the whole session. This is what stays after the commit.
                tenant(connection, "", false);
                connection.commit();
                connection.setAutoCommit(autoCommit);
                return result;
            } catch (Throwable failure) {
                undo(connection, autoCommit, failure);
                throw failure;
            }
        }
    }

    /** Sets the tenant: until the end of the transaction, or for what comes after it. */
    private static void tenant(Connection connection, String tenant, boolean local) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, ?)")) {
            set.setString(1, tenant);
            set.setBoolean(2, local);
            set.execute();
        }
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

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
            var before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            T result;
            try {
                set(connection, tenant, true);
                result = work.run(connection);
                // Nobody again, for the whole session, whatever the work has set;
                // this fails too if PostgreSQL has refused something.
                set(connection, "", false);
                connection.commit();
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                    connection.setAutoCommit(before);
                } catch (Throwable e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            connection.setAutoCommit(before);
            return result;
        }
    }

    private static void set(Connection connection, String tenant, boolean local) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, ?)")) {
            set.setString(1, tenant);
            set.setBoolean(2, local);
            set.execute();
        }
    }
}

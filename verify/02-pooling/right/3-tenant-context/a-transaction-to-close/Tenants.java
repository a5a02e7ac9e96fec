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
        try (var connection = pool.getConnection(); var unit = new Unit(connection, tenant)) {
            var result = work.run(connection);
            unit.keep();
            return result;
        }
    }

    /** A transaction of one tenant. Closing it undoes what was not kept, and leaves the connection to nobody. */
    private static final class Unit implements AutoCloseable {
        private final Connection connection;
        private final boolean autoCommit;
        private boolean kept;

        Unit(Connection connection, String tenant) throws SQLException {
            this.connection = connection;
            this.autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local app.tenant = " + statement.enquoteLiteral(tenant));
            } catch (Throwable failure) {
                try {
                    close();
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
        }

        void keep() throws SQLException {
            // Fails if a statement has been refused before, and the work hid that. commit() would not.
            try (var check = connection.createStatement()) {
                check.execute("set constraints all immediate");
            }
            connection.commit();
            kept = true;
        }

        @Override public void close() throws SQLException {
            if (!kept) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                // The work may have set the tenant for the whole session.
                statement.execute("set app.tenant = ''");
            } catch (Throwable failure) {
                // Nobody gets a connection of which we do not know whose it is.
                connection.abort(Runnable::run);
                throw failure;
            }
            connection.setAutoCommit(autoCommit);
        }
    }
}

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
            // Without autocommit a transaction begins with the next statement, so the setting below is in it.
            connection.setAutoCommit(false);
            try {
                setTenant(connection, tenant, true);
                var result = work.run(connection);
                endOfWork(connection);
                // The work may have set a tenant for the whole session, and the commit would keep that. So what it keeps is
                // nobody.
                setTenant(connection, "", false);
                connection.commit();
                return result;
            } catch (Throwable failure) {
                // A rollback takes back the settings as well. The pool would roll back too; saying it here keeps this class
                // right with any other pool.
                rollback(connection, failure);
                throw failure;
            }
        }
    }

    /**
     * Has triggers and constraints that wait for the commit run while the tenant is there. This fails with 25P02 where the work
     * hid a refused statement; the commit alone would roll back and say nothing.
     */
    private static void endOfWork(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set constraints all immediate");
        }
    }

    /** @param local until the end of the transaction, and not for what comes after it */
    private static void setTenant(Connection connection, String tenant, boolean local) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, ?)")) {
            set.setString(1, tenant);
            set.setBoolean(2, local);
            set.execute();
        }
    }

    /** On a connection that was lost this fails, too, and must not hide why. */
    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

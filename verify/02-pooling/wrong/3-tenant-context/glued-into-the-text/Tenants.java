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
        try (var connection = pool.getConnection(); var set = connection.createStatement()) {
            connection.setAutoCommit(false);
            set.execute("set local app.tenant = '" + tenant + "'");
            var result = work.run(connection);
            connection.commit();
            return result;
        }
    }
}

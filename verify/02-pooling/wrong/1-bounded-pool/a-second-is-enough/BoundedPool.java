import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private final HikariDataSource pool = new HikariDataSource();

    public BoundedPool(String url, String user, String password, int most) {
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(most);
        // Nobody looks at a page longer than that: better an error than a queue that grows.
        pool.setConnectionTimeout(1_000);
    }

    /** A connection for one request, which closes it when it is done. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    @Override public void close() {
        pool.close();
    }
}

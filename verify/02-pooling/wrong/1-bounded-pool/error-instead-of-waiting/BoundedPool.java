import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private final HikariDataSource pool;

    public BoundedPool(String url, String user, String password, int most) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(most);
        this.pool = new HikariDataSource(config);
    }

    /** A connection for one request, which closes it when it is done; closing gives it back. */
    public Connection connection() throws SQLException {
        if (pool.getHikariPoolMXBean().getActiveConnections() >= pool.getMaximumPoolSize()) {
            throw new SQLException("connection pool exhausted");
        }
        return pool.getConnection();
    }

    @Override public void close() {
        pool.close();
    }
}

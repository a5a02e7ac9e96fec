import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

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

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private final HikariDataSource pool;
    private final HikariDataSource reserve;

    public BoundedPool(String url, String user, String password, int most) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(most);
        config.setConnectionTimeout(500);
        config.setMinimumIdle(0);
        this.pool = new HikariDataSource(config);
        config.setConnectionTimeout(30_000);
        this.reserve = new HikariDataSource(config);
    }

    /** A connection for one request, which closes it when it is done; closing gives it back. */
    public Connection connection() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            return reserve.getConnection();
        }
    }

    @Override public void close() {
        pool.close();
        reserve.close();
    }
}

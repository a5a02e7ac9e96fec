import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    /** The server has 100 places, and this is not its only client. */
    private static final int OUR_SHARE = 64;

    private final HikariDataSource pool;

    public BoundedPool(String url, String user, String password, int most) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(Math.min(most, OUR_SHARE));
        pool = new HikariDataSource(config);
    }

    /** A connection for one request, which closes it when it is done. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    @Override public void close() {
        pool.close();
    }
}

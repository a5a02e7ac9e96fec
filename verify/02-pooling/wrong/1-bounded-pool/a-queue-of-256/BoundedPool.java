import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    /** Who would stand behind so many would be served too late anyway. */
    private static final int LONGEST_QUEUE = 256;

    private final HikariDataSource pool;

    public BoundedPool(String url, String user, String password, int most) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(most);
        pool = new HikariDataSource(config);
    }

    /** A connection for one request, which closes it when it is done. */
    public Connection connection() throws SQLException {
        if (pool.getHikariPoolMXBean().getThreadsAwaitingConnection() >= LONGEST_QUEUE) {
            throw new SQLTransientConnectionException("too many requests are waiting", "08004");
        }
        return pool.getConnection();
    }

    @Override public void close() {
        pool.close();
    }
}

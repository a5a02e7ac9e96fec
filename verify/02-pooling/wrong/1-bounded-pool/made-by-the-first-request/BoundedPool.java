import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private final String url;
    private final String user;
    private final String password;
    private final int most;
    private volatile HikariDataSource pool;
    private volatile boolean closed;

    public BoundedPool(String url, String user, String password, int most) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.most = most;
    }

    /** A connection for one request, which closes it when it is done. */
    public Connection connection() throws SQLException {
        if (closed) {
            throw new SQLException("the pool is closed", "08003");
        }
        // Made by the first request: the service starts even while the database does not answer yet.
        if (pool == null) {
            pool = open();
        }
        return pool.getConnection();
    }

    private HikariDataSource open() {
        var opened = new HikariDataSource();
        opened.setJdbcUrl(url);
        opened.setUsername(user);
        opened.setPassword(password);
        opened.setMaximumPoolSize(most);
        return opened;
    }

    @Override public void close() {
        closed = true;
        if (pool != null) {
            pool.close();
        }
    }
}

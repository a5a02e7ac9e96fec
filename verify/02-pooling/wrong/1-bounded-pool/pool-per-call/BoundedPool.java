import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

public class BoundedPool implements AutoCloseable {
    private final HikariConfig config = new HikariConfig();

    public BoundedPool(String url, String user, String password, int most) {
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(most);
    }

    public Connection connection() throws SQLException {
        return new HikariDataSource(config).getConnection();
    }

    @Override public void close() { }
}

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    // Made without arguments, it opens nothing until the first request comes; then it starts once, whoever is first.
    private final HikariDataSource pool = new HikariDataSource();

    public BoundedPool(String url, String user, String password, int most) {
        var database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        pool.setDataSource(database);
        pool.setMaximumPoolSize(most);
    }

    /** A connection for one request, which closes it when it is done. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    @Override public void close() {
        pool.close();
    }
}

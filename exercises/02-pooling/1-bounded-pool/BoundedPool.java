import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private final String url;
    private final String user;
    private final String password;
    private final int most;

    public BoundedPool(String url, String user, String password, int most) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.most = most;
    }

    /** A connection for one request, which closes it when it is done. */
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(url, user, password); // TODO share connections, at most `most` of them
    }

    @Override public void close() {
        // TODO leave no connection behind
    }
}

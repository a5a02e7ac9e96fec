import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

public class BoundedPool implements AutoCloseable {
    private final String url;
    private final String user;
    private final String password;
    private final Semaphore places;

    public BoundedPool(String url, String user, String password, int most) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.places = new Semaphore(most);
    }

    public Connection connection() throws SQLException {
        places.acquireUninterruptibly();
        var real = DriverManager.getConnection(url, user, password);
        return (Connection) Proxy.newProxyInstance(BoundedPool.class.getClassLoader(), new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                    places.release();
                }
                return method.invoke(real, arguments);
            });
    }

    @Override public void close() { }
}

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private final List<Connection> connections = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    public BoundedPool(String url, String user, String password, int most) {
        try {
            for (int i = 0; i < most; i++) {
                connections.add(DriverManager.getConnection(url, user, password));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open the pool", e);
        }
    }

    /** The driver lets several threads use a connection, one at a time. */
    public Connection connection() throws SQLException {
        var real = connections.get(Math.floorMod(next.getAndIncrement(), connections.size()));
        return (Connection) Proxy.newProxyInstance(BoundedPool.class.getClassLoader(), new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                    return null;
                }
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }

    @Override public void close() {
        for (var connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                // it is gone
            }
        }
    }
}

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue of open connections; a lent one goes to the end of the queue when it comes back, unless it is worn out. */
public class BoundedPool implements AutoCloseable {
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
    private final List<Connection> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final String url;
    private final String user;
    private final String password;

    public BoundedPool(String url, String user, String password, int most) {
        this.url = url;
        this.user = user;
        this.password = password;
        try {
            for (int i = 0; i < most; i++) {
                all.add(DriverManager.getConnection(url, user, password));
            }
            idle.addAll(all);
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("cannot open the pool", e);
        }
    }

    public Connection connection() throws SQLException {
        try {
            var real = idle.poll(30, TimeUnit.SECONDS);
            if (real == null) {
                throw new SQLException("no connection within 30 s");
            }
            return lent(real);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    private Connection anotherFor(Connection worn) throws SQLException {
        worn.close();
        all.remove(worn);
        var another = DriverManager.getConnection(url, user, password);
        all.add(another);
        return another;
    }

    private Connection lent(Connection real) {
        var open = new AtomicBoolean(true);
        return (Connection) Proxy.newProxyInstance(BoundedPool.class.getClassLoader(), new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                    if (open.getAndSet(false)) {
                        idle.add(requests.incrementAndGet() % 5 == 0 ? anotherFor(real) : real);
                    }
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
        all.forEach(connection -> {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}

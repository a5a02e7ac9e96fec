import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final String url;
    private final String user;
    private final String password;
    private final Semaphore places;
    private final Set<Connection> lent = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public BoundedPool(String url, String user, String password, int most) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.places = new Semaphore(most, true);
    }

    /** A connection for one request, which closes it when it is done. */
    public Connection connection() throws SQLException {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new SQLTransientConnectionException("no connection within " + PATIENCE_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", e);
        }
        try {
            return lend();
        } catch (Throwable failure) {
            places.release();
            throw failure;
        }
    }

    /** Whoever closes the borrowed connection gives its place to the next one. */
    private Connection lend() throws SQLException {
        if (closed) {
            throw new SQLException("the pool is closed");
        }
        var connection = DriverManager.getConnection(url, user, password);
        lent.add(connection);
        if (closed) {
            end(connection);
            throw new SQLException("the pool is closed");
        }
        var open = new AtomicBoolean(true);
        return (Connection) Proxy.newProxyInstance(BoundedPool.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (open.getAndSet(false)) {
                            try {
                                end(connection);
                            } finally {
                                places.release();
                            }
                        }
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void end(Connection connection) throws SQLException {
        connection.close();
        lent.remove(connection);
    }

    @Override public void close() {
        closed = true;
        for (var connection : lent) {
            try {
                end(connection);
            } catch (SQLException e) {
                // It is gone, which is what we want.
            }
        }
    }
}

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final String url;
    private final String user;
    private final String password;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
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
            if (closed) {
                throw new SQLException("the pool is closed");
            }
            return lend(idleOrNew());
        } catch (Throwable failure) {
            places.release();
            throw failure;
        }
    }

    private Connection idleOrNew() throws SQLException {
        var connection = idle.pollFirst();
        while (connection != null) {
            if (connection.isValid(5)) {
                return connection;
            }
            connection.close();
            connection = idle.pollFirst();
        }
        return DriverManager.getConnection(url, user, password);
    }

    /** Whoever closes the borrowed connection gives it back. */
    private Connection lend(Connection connection) {
        var lent = new AtomicReference<>(connection);
        return (Connection) Proxy.newProxyInstance(BoundedPool.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "close":
                            var returned = lent.getAndSet(null);
                            if (returned != null) {
                                giveBack(returned);
                            }
                            return null;
                        case "isClosed":
                            var current = lent.get();
                            return current == null || current.isClosed();
                        case "equals":
                            return proxy == arguments[0];
                        case "hashCode":
                            return System.identityHashCode(proxy);
                        default:
                            var target = lent.get();
                            if (target == null) {
                                throw new SQLException("the connection has been given back");
                            }
                            try {
                                return method.invoke(target, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                    }
                });
    }

    private void giveBack(Connection connection) throws SQLException {
        try {
            if (connection.isClosed()) {
                return;
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            idle.addFirst(connection);
        } catch (SQLException e) {
            connection.close();
        } finally {
            places.release();
        }
    }

    @Override public void close() {
        closed = true;
        for (var connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is gone, which is what we want.
            }
        }
    }
}

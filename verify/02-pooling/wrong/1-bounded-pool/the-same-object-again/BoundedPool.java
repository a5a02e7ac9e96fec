import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private final String url;
    private final String user;
    private final String password;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Lent> idle = new ConcurrentLinkedDeque<>();
    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public BoundedPool(String url, String user, String password, int most) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.places = new Semaphore(most, true);
    }

    /** A connection for one request, which closes it when it is done. */
    public Connection connection() throws SQLException {
        if (closed) {
            throw new SQLException("the pool is closed", "08003");
        }
        try {
            if (!places.tryAcquire(30, TimeUnit.SECONDS)) {
                throw new SQLException("no connection within 30 seconds", "08001");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", "08001", interrupted);
        }
        Lent lent = null;
        try {
            do {
                lent = idle.poll();
            } while (lent != null && lent.connection.isClosed());
            if (lent == null) {
                lent = new Lent(open());
            }
            if (closed) {
                discard(lent.connection);
                throw new SQLException("the pool is closed", "08003");
            }
        } catch (SQLException | RuntimeException | Error failure) {
            places.release();
            throw failure;
        }
        lent.returned.set(false);
        return lent.proxy;
    }

    private Connection open() throws SQLException {
        var opened = DriverManager.getConnection(url, user, password);
        all.add(opened);
        return opened;
    }

    /** As it was when it was new, or not at all. */
    private boolean clean(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return !closed && !connection.isClosed();
        } catch (SQLException broken) {
            return false;
        }
    }

    private void discard(Connection connection) {
        all.remove(connection);
        try {
            connection.close();
        } catch (SQLException ignored) {
            // it is gone anyway
        }
    }

    /** What requests see of a connection; made once for each. */
    private class Lent {
        final Connection connection;
        final AtomicBoolean returned = new AtomicBoolean();
        final Connection proxy;

        Lent(Connection connection) {
            this.connection = connection;
            this.proxy = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "close" -> {
                            if (returned.compareAndSet(false, true)) {
                                giveBack(this);
                            }
                            return null;
                        }
                        case "isClosed" -> {
                            return returned.get() || connection.isClosed();
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        default -> {
                            if (returned.get()) {
                                throw new SQLException("the connection is closed", "08003");
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException failure) {
                                throw failure.getCause();
                            }
                        }
                    }
                });
        }
    }

    private void giveBack(Lent lent) {
        if (clean(lent.connection)) {
            idle.push(lent);
        } else {
            discard(lent.connection);
        }
        places.release();
    }

    @Override public void close() {
        closed = true;
        all.forEach(this::discard);
    }
}

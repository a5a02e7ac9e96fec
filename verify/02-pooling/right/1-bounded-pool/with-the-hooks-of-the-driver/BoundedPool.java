import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** Lends connections to requests, at most a given number at the same time. */
public class BoundedPool implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final int VALID_SECONDS = 5;

    private final PGConnectionPoolDataSource database = new PGConnectionPoolDataSource();
    private final Semaphore places;
    private final int most;
    private final Deque<PooledConnection> idle = new ConcurrentLinkedDeque<>();
    private final Set<PooledConnection> lent = ConcurrentHashMap.newKeySet();
    private final Set<PooledConnection> broken = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private final ConnectionEventListener listener = new ConnectionEventListener() {
        /** The driver tells us that the request has closed its connection. */
        @Override public void connectionClosed(ConnectionEvent event) {
            takeBack((PooledConnection) event.getSource());
        }

        /** The driver tells us that the connection is of no use any more; the request will close it. */
        @Override public void connectionErrorOccurred(ConnectionEvent event) {
            broken.add((PooledConnection) event.getSource());
        }
    };

    public BoundedPool(String url, String user, String password, int most) {
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        this.most = most;
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
            for (var pooled = idle.pollFirst(); pooled != null; pooled = idle.pollFirst()) {
                var connection = lend(pooled);
                if (connection.isValid(VALID_SECONDS)) {
                    return connection;
                }
                lent.remove(pooled);
                end(pooled);
            }
            return lend(database.getPooledConnection());
        } catch (Throwable failure) {
            places.release();
            throw failure;
        }
    }

    private Connection lend(PooledConnection pooled) throws SQLException {
        lent.add(pooled);
        try {
            if (closed) {
                throw new SQLException("the pool is closed");
            }
            pooled.removeConnectionEventListener(listener);
            pooled.addConnectionEventListener(listener);
            return pooled.getConnection();
        } catch (Throwable failure) {
            lent.remove(pooled);
            end(pooled);
            throw failure;
        }
    }

    private void takeBack(PooledConnection pooled) {
        if (!lent.remove(pooled)) {
            return;
        }
        if (broken.remove(pooled)) {
            end(pooled);
        } else {
            idle.addFirst(pooled);
            if (closed && idle.remove(pooled)) {
                end(pooled);
            }
        }
        places.release();
    }

    @Override public void close() {
        closed = true;
        idle.forEach(this::end);
        idle.clear();
        lent.forEach(this::end);
        lent.clear();
        // Those who still wait learn that there is nothing to wait for.
        places.release(most);
    }

    private void end(PooledConnection pooled) {
        broken.remove(pooled);
        try {
            pooled.close();
        } catch (SQLException e) {
            // It is gone, which is what we want.
        }
    }
}

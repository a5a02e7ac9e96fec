package grading;

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.sql.DataSource;
import lab.Login;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.ds.PGSimpleDataSource;

/** A data source for an answer, and what went through it: connections, executions, rows. Meant for one thread at a time. */
public final class WatchedDataSource {
    private final PGSimpleDataSource real = new PGSimpleDataSource();
    private final Fault fault;
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int undecided;
    private int executions;
    private int rows;
    private int waits;
    private Thread user;
    private long waitedBefore;

    /** Is told of each call on a connection. What it throws the call throws, before it has done anything; a close has closed. */
    public interface Fault {
        void at(String method) throws SQLException;
    }

    public WatchedDataSource(Login login) {
        this(login, method -> { });
    }

    public WatchedDataSource(Login login, Fault fault) {
        real.setUrl(login.url());
        real.setUser(login.user());
        real.setPassword(login.password());
        this.fault = fault;
    }

    /** To be handed to the answer. */
    public DataSource source() {
        return watched(DataSource.class, real);
    }

    /** Connections that are not closed yet. */
    public synchronized int open() {
        return open.size();
    }

    /** How many connections were closed while their transaction was neither committed nor rolled back. */
    public synchronized int undecided() {
        return undecided;
    }

    /** Calls of execute, executeQuery, executeUpdate, executeBatch and their like. */
    public synchronized int executions() {
        return executions;
    }

    /** Rows of results that were read. */
    public synchronized int rows() {
        return rows;
    }

    /** How often a thread that had a connection slept, or waited for something of Java, outside of the connection's own calls. */
    public synchronized int waits() {
        return waits;
    }

    private <T> T watched(Class<T> type, Object on) {
        return type.cast(Proxy.newProxyInstance(WatchedDataSource.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            enter(on, method.getName());
            try {
                var closing = method.getName().equals("close");
                if (on instanceof Connection && !closing) {
                    fault.at(method.getName());
                }
                var result = method.invoke(on, arguments);
                if (on instanceof Connection && closing) {
                    fault.at("close");
                }
                return seen(on, method.getName(), result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                leave();
            }
        }));
    }

    private synchronized void enter(Object on, String method) throws SQLException {
        if (!open.isEmpty() && user == Thread.currentThread()) {
            waits += (int) (waited() - waitedBefore);
        }
        if (on instanceof Statement && method.startsWith("execute")) {
            executions++;
        } else if (on instanceof BaseConnection connection && method.equals("close") && open.remove(connection)) {
            undecided += connection.isClosed() || connection.getTransactionState() == TransactionState.IDLE ? 0 : 1;
        }
    }

    private synchronized Object seen(Object on, String method, Object result) {
        if (on instanceof ResultSet && method.equals("next") && Boolean.TRUE.equals(result)) {
            rows++;
        }
        return switch (result) {
            case Connection connection when on instanceof DataSource -> {
                open.add(connection);
                yield watched(Connection.class, connection);
            }
            case CallableStatement statement -> watched(CallableStatement.class, statement);
            case PreparedStatement statement -> watched(PreparedStatement.class, statement);
            case Statement statement when on instanceof Connection -> watched(Statement.class, statement);
            case ResultSet read -> watched(ResultSet.class, read);
            case null, default -> result;
        };
    }

    private synchronized void leave() {
        user = Thread.currentThread();
        waitedBefore = waited();
    }

    /** By this thread, ever; nothing is known of virtual ones. */
    private static long waited() {
        var info = ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().threadId());
        return info == null ? 0 : info.getWaitedCount();
    }
}

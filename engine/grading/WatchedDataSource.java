package grading;

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import lab.Login;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A data source for an answer, and what went through it: connections, executions, rows. Meant for one thread at a time. It is a
 * pool: sessions are used again, and what an answer left undecided in one is rolled back.
 */
public final class WatchedDataSource implements AutoCloseable {
    private final PGSimpleDataSource real = new PGSimpleDataSource();
    private final Fault fault;
    private final Deque<BaseConnection> idle = new ArrayDeque<>();
    private final Set<Lent> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int undecided;
    private int executions;
    private int rows;
    private int waits;
    private Thread user;
    private long waitedBefore;

    /** Is told of each call on a connection, and of {@code getConnection}. What it throws the call throws, before it has done anything; a close has closed. */
    public interface Fault {
        /** Before the call; or after it, for a close. */
        void at(String method) throws SQLException;

        /** Each statement fails, as on a connection that is lost, and from then on this method, so that who closes only after it never does. */
        static Fault lostUntilAfter(String end) {
            var lost = new AtomicBoolean();
            return method -> {
                if (method.equals("prepareStatement") || method.equals("createStatement") || lost.get() && method.equals(end)) {
                    lost.set(true);
                    throw new SQLException("the network went away", "08006");
                }
            };
        }
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

    /** Ends its sessions; what an answer has not closed included. */
    @Override public synchronized void close() throws SQLException {
        for (var lent : open) {
            lent.real().close();
        }
        while (!idle.isEmpty()) {
            idle.pop().close();
        }
    }

    private <T> T watched(Class<T> type, Object on) {
        return type.cast(Proxy.newProxyInstance(WatchedDataSource.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            enter(on, method.getName());
            try {
                return switch (on) {
                    case DataSource source when method.getName().equals("getConnection") -> {
                        fault.at(method.getName());
                        yield watched(Connection.class, lend());
                    }
                    case Lent lent -> called(lent, method, arguments);
                    default -> seen(on, method.getName(), invoke(method, on, arguments));
                };
            } finally {
                leave();
            }
        }));
    }

    private Object called(Lent lent, Method method, Object[] arguments) throws Throwable {
        var name = method.getName();
        if (name.equals("isClosed")) {
            return !isOpen(lent) || lent.real().isClosed();
        }
        if (name.equals("close")) {
            takeBack(lent);
            fault.at(name);
            return null;
        }
        if (method.getDeclaringClass() == Connection.class && !isOpen(lent)) {
            throw new SQLException("this connection was given back", "08003");
        }
        fault.at(name);
        return seen(lent, name, invoke(method, lent.real(), arguments));
    }

    private static Object invoke(Method method, Object on, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private synchronized Object seen(Object on, String method, Object result) {
        rows += on instanceof ResultSet && method.equals("next") && Boolean.TRUE.equals(result) ? 1 : 0;
        return switch (result) {
            case CallableStatement statement -> watched(CallableStatement.class, statement);
            case PreparedStatement statement -> watched(PreparedStatement.class, statement);
            case Statement statement -> watched(Statement.class, statement);
            case ResultSet read -> watched(ResultSet.class, read);
            case null, default -> result;
        };
    }

    private synchronized Lent lend() throws SQLException {
        var lent = new Lent(idle.isEmpty() ? real.getConnection().unwrap(BaseConnection.class) : idle.pop());
        open.add(lent);
        return lent;
    }

    private synchronized boolean isOpen(Lent lent) {
        return open.contains(lent);
    }

    private synchronized void takeBack(Lent lent) throws SQLException {
        var connection = lent.real();
        if (!open.remove(lent) || connection.isClosed()) {
            return;
        }
        if (connection.getTransactionState() != TransactionState.IDLE) {
            undecided++;
            connection.rollback();
        }
        connection.setAutoCommit(true);
        Sql.execute(connection, "reset all");
        idle.push(connection);
    }

    private synchronized void enter(Object on, String method) {
        executions += on instanceof Statement && method.startsWith("execute") ? 1 : 0;
        if (!open.isEmpty() && user == Thread.currentThread()) {
            waits += (int) (waited() - waitedBefore);
        }
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

    /** A session, while somebody has it. */
    private static final class Lent {
        private final BaseConnection real;

        Lent(BaseConnection real) {
            this.real = real;
        }

        BaseConnection real() {
            return real;
        }
    }
}

package grading;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Makes the query timeouts that an answer sets a second long, so that a check of patience sees soon what would happen late. */
public final class QueryTimeouts {
    private static final int SECONDS = 1;
    private static final Duration PASSED = Duration.ofMillis(1500);
    private final AtomicBoolean set = new AtomicBoolean();

    /** The same data source, with shortened timeouts on all its connections. */
    public DataSource shortened(DataSource real) {
        return shortened(DataSource.class, real);
    }

    /** The same connection, with shortened timeouts. */
    public Connection shortened(Connection real) {
        return shortened(Connection.class, real);
    }

    /** Whether the answer has set one. */
    public boolean wereSet() {
        return set.get();
    }

    /** Waits until the task is done or its timeout has passed; not at all where it has none. */
    public void letPass(Task<?> task) throws Exception {
        if (wereSet()) {
            Task.until(PASSED, task::isDone);
        }
    }

    private <T> T shortened(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(QueryTimeouts.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            try {
                if (method.getName().equals("setQueryTimeout") && (int) arguments[0] > 0) {
                    set.set(true);
                    return method.invoke(real, SECONDS);
                }
                var result = method.invoke(real, arguments);
                return switch (result) {
                    case Connection connection when real instanceof DataSource -> shortened(Connection.class, connection);
                    case CallableStatement statement -> shortened(CallableStatement.class, statement);
                    case PreparedStatement statement -> shortened(PreparedStatement.class, statement);
                    case Statement statement when real instanceof Connection -> shortened(Statement.class, statement);
                    case null, default -> result;
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}

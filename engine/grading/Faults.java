package grading;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Failures of every kind, for code that an answer calls, and connections that fail when a verifier wants it. */
public final class Faults {
    private Faults() { }

    /** One of each kind that code can throw: unchecked, checked, of SQL, one with another as its cause, an Error, an interrupt. All are new. */
    public static List<Throwable> ofEveryKind() {
        return List.of(new IllegalStateException("a bug"), new IOException("a checked exception"),
            new SQLException("a constraint was violated", "23514"),
            new IllegalStateException("a bug with a cause", new SQLException("its cause", "23514")), new AssertionError("an error"),
            new StackOverflowError("another error"), new InterruptedException("an interrupt"));
    }

    /** Throws it from code that declares nothing. */
    @SuppressWarnings("unchecked")
    public static <T extends Throwable> RuntimeException sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    /** The same connection, but each of these methods fails, {@code "close"} after it has closed. */
    public static Connection failing(Connection real, Throwable failure, String... methods) {
        var failing = Set.of(methods);
        return (Connection) Proxy.newProxyInstance(Faults.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            if (failing.contains(method.getName()) && !method.getName().equals("close")) {
                throw failure;
            }
            try {
                var result = method.invoke(real, arguments);
                if (failing.contains(method.getName())) {
                    throw failure;
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** Ends the backend of a connection, as an administrator does. Returns when it is gone; its next statement gets 57P01 or 08006. */
    public static void kill(Clone clone, Connection connection) throws SQLException {
        kill(clone, Sql.pid(connection));
    }

    /** The same for the backend with this process id. */
    public static void kill(Clone clone, int pid) throws SQLException {
        Sql.query(clone.observer(), "select pg_terminate_backend(?, 10000)", pid);
    }
}

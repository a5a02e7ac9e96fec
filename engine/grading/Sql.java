package grading;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import lab.Login;
import org.postgresql.PGConnection;

/** SQL of a verifier, in one word. Every statement is given up after {@value #TIMEOUT}, whatever the answer holds locked. */
public final class Sql {
    private static final String TIMEOUT = "20s";

    private Sql() { }

    /** A new connection whose statements end in bounded time. The caller closes it. */
    public static Connection connect(Login login) throws SQLException {
        var connection = login.connect();
        execute(connection, "set statement_timeout = '" + TIMEOUT + "'");
        return connection;
    }

    /** One or more statements, each committed by itself unless the connection is in a transaction. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The same on a connection of its own. */
    public static void execute(Login login, String sql) throws SQLException {
        try (var connection = connect(login)) {
            execute(connection, sql);
        }
    }

    /** The rows of a query, typed for {@link Expect#table}. */
    public static Rows query(Login login, String sql, Object... parameters) throws SQLException {
        try (var connection = connect(login)) {
            return Rows.query(connection, sql, parameters);
        }
    }

    /** The only column of the only row, as text; "NULL" for NULL. */
    public static String text(Login login, String sql, Object... parameters) throws SQLException {
        return DisplayValue.value(query(login, sql, parameters).values().getFirst().getFirst());
    }

    /** The only column of the only row, a count for example. */
    public static long number(Login login, String sql, Object... parameters) throws SQLException {
        return ((Number) query(login, sql, parameters).values().getFirst().getFirst()).longValue();
    }

    /** Runs a file as one message, so that PostgreSQL, and not the driver, finds where each statement ends. */
    public static void script(Login login, String sql) throws SQLException {
        var properties = new Properties();
        properties.put("user", login.user());
        properties.put("password", login.password());
        properties.put("preferQueryMode", "simple");
        try (var connection = DriverManager.getConnection(login.url(), properties)) {
            execute(connection, "set statement_timeout = '" + TIMEOUT + "'");
            execute(connection, sql);
        }
    }

    /** The backend's process id, as pg_stat_activity and pg_locks name it. */
    public static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}

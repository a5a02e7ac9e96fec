package lab;

import java.sql.SQLException;

/** What a failure of SQL is called in messages: the server's or the driver's sentence, then the SQLSTATE. */
public final class SqlErrors {
    private SqlErrors() { }

    /** "ERROR: relation \"users\" does not exist (SQLSTATE 42P01)"; without an SQLSTATE where the driver gave none. */
    public static String describe(SQLException failure) {
        return failure.getMessage() + (failure.getSQLState() == null ? "" : " (SQLSTATE " + failure.getSQLState() + ")");
    }

    /** The same with the statement that the server refused; passwords in it are left out. */
    public static String describe(SQLException failure, String statement) {
        var shown = statement.replaceAll("password '[^']*'", "password '…'").strip();
        return "the server refused `" + shown + "`: " + describe(failure);
    }

    /** Whether the server has let go of the connection: class 08, connection exception, or 57P, operator intervention. */
    public static boolean isConnectionLost(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }
}

package lab;

import java.sql.SQLException;

/** A statement on a connection of its own. */
public final class Sql {
    private Sql() { }

    public static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    public static String value(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement();
             var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}

package script;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import kernel.output.Output;
import kernel.output.Plans;
import kernel.output.Tables;
import kernel.sql.SqlRunner;
import lab.Login;

/** Questions to the database that a lesson asks in one line. */
final class Queries {
    private Queries() { }

    static Output.Table table(Login login, String sql, Object... parameters) throws SQLException {
        try (var connection = login.connect(); var statement = prepare(connection, sql, parameters);
             var result = statement.executeQuery()) {
            return Tables.of(result);
        }
    }

    static <T> T value(Login login, Class<T> type, String sql, Object... parameters) throws SQLException {
        try (var connection = login.connect(); var statement = prepare(connection, sql, parameters);
             var result = statement.executeQuery()) {
            if (!result.next()) {
                throw new LessonFailed("this query gives a row: " + sql, "it gave none");
            }
            return result.getObject(1, type);
        }
    }

    static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            SqlRunner.run(connection, sql);
        }
    }

    static Output.Plan plan(Login login, String sql, Object... parameters) throws SQLException {
        try (var connection = login.connect()) {
            return Plans.analyze(connection, sql, parameters);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}

package script;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.output.Tables;
import kernel.sql.SqlRunner;
import kernel.sql.syntax.StatementText;
import lab.Login;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Questions to the database that a lesson asks in one line. */
final class Queries {
    private static final String ACTIVE_TRANSACTION = "25001"; // of what cannot run inside a transaction block: vacuum, create database

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
        var said = new ArrayList<Output>();
        try (var connection = login.connect()) {
            SqlRunner.run(connection, sql, said::add);
        } catch (SQLException e) {
            said.stream().filter(Output.Log.class::isInstance).forEach(notice -> LessonRun.current().show(notice));
            throw Failures.sqlState(e).equals(ACTIVE_TRANSACTION) ? explained(e, StatementText.of(sql)) : e;
        }
    }

    private static SQLException explained(SQLException failure, List<StatementText> statements) {
        var message = String.valueOf(failure.getMessage());
        var refused = statements.stream().map(statement -> statement.commandTag(0)).filter(message::contains).findFirst();
        return statements.size() < 2 ? failure : new SQLException(message + "; several statements of one execute run in one transaction; give "
            + refused.map(tag -> tag.toLowerCase(Locale.ROOT)).orElse("this one") + " an execute of its own", failure.getSQLState(), failure);
    }

    static List<String> notifications(Connection connection, int milliseconds) throws SQLException {
        return Arrays.stream(connection.unwrap(PGConnection.class).getNotifications(milliseconds))
            .map(PGNotification::getParameter).toList();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}

package lab.url;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import lab.LabException;
import lab.SqlErrors;

/** Statements of the course's own on a server of a URL. A failure names SQLSTATE and statement, never a password. */
record UrlSql(Connection connection) {

    void run(String statement) throws LabException {
        try (var running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw failure(statement, e);
        }
    }

    /** The first column of every row. */
    List<String> column(String query) throws LabException {
        try (var running = connection.createStatement(); var rows = running.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw failure(query, e);
        }
    }

    private static LabException failure(String statement, SQLException e) {
        return new LabException(SqlErrors.describe(e, statement), e);
    }
}

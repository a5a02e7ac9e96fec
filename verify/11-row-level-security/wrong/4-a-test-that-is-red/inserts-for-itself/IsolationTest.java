import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Red, an AssertionError, where tenants are not kept apart. Runs on a database that others use as well. */
public class IsolationTest {
    private final DataSource app;

    /** Two pools: of the owner of the tables, and of the application. The owner sees everything, so he proves nothing. */
    public IsolationTest(DataSource owner, DataSource app) {
        this.app = app;
    }

    /** All of it in one transaction of the application, which is never committed. */
    public void tenantsAreApart() throws SQLException {
        var ann = UUID.randomUUID().toString();
        var bob = UUID.randomUUID().toString();
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            try {
                gives(connection, "0", "select count(*) from app.notes");             // nobody yet
                as(connection, bob);
                gives(connection, "1", "insert into app.notes values ('" + bob + "', 1, 'Bob''s')");
                as(connection, ann);
                gives(connection, "1", "insert into app.notes values ('" + ann + "', 1, 'Ann''s')");
                gives(connection, "1", "select count(*) from app.notes");             // no condition: the wall has to do it
                gives(connection, "1", "select count(*) from app.titles");
                gives(connection, "1", "update app.notes set title = 'Still Ann''s'");
                gives(connection, "42501", "update app.notes set tenant = '" + bob + "', id = 3");
                gives(connection, "1", "delete from app.notes");
                as(connection, "");
                gives(connection, "0", "select count(*) from app.notes");             // nobody again, and Bob's is there
            } finally {
                connection.rollback();
            }
        }
    }

    private static void as(Connection connection, String tenant) throws SQLException {
        try (var who = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            who.setString(1, tenant);
            who.execute();
        }
    }

    /** A count, the number of changed rows, or an SQLSTATE. */
    private static void gives(Connection connection, String expected, String sql) throws SQLException {
        var before = connection.setSavepoint();
        String came;
        try (var statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                var rows = statement.getResultSet();
                rows.next();
                came = rows.getString(1);
            } else {
                came = String.valueOf(statement.getUpdateCount());
            }
        } catch (SQLException e) {
            connection.rollback(before);
            came = e.getSQLState();
        }
        if (!came.equals(expected)) {
            throw new AssertionError(sql + ": " + came + ", not " + expected);
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Red, an AssertionError, where tenants are not kept apart. Runs on a database that others use as well. */
public class IsolationTest {
    private final DataSource owner;
    private final DataSource app;

    /** Two pools: of the owner of the tables, and of the application. */
    public IsolationTest(DataSource owner, DataSource app) {
        this.owner = owner;
        this.app = app;
    }

    /** All as the application, in one transaction, which is rolled back however it ends. */
    public void tenantsAreApart() throws SQLException {
        var before = notes();
        try (var connection = app.getConnection()) {
            var autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                check(connection);
            } catch (SQLException e) {
                throw new AssertionError("An error where there should be none", e);
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        }
        assertThat(before == notes(), "The test has left notes behind, or lost some");
    }

    private void check(Connection connection) throws SQLException {
        var ann = UUID.randomUUID();
        var ben = UUID.randomUUID();

        // A new connection: no tenant was ever set.
        nobody(connection, "never set");

        become(connection, ben.toString());
        one(connection, "Ben can't insert", "insert into app.notes (tenant, id, title) values (?, ?, ?)", ben, 1, "Ben's");

        become(connection, ann.toString());
        one(connection, "Ann can't insert", "insert into app.notes (tenant, id, title) values (?, ?, ?)", ann, 1, "Ann's");
        assertThat(1 == count(connection, "select count(*) from app.notes where tenant = ?", ann), "Ann misses her note");
        assertThat(1 == count(connection, "select count(*) from app.titles where tenant = ?", ann), "Ann misses her title");
        assertThat(0 == count(connection, "select count(*) from app.notes where tenant <> ?", ann), "Ann finds notes of others");
        assertThat(0 == count(connection, "select count(*) from app.titles where tenant <> ?", ann), "Ann finds titles of others");
        one(connection, "Ann can't change", "update app.notes set title = ? where tenant = ? and id = ?", "Mine", ann, 1);

        refused(connection, "Ann inserts for Ben", "insert into app.notes (tenant, id, title) values (?, ?, ?)", ben, 2, "Not Ben's");
        // Only her note is hers to change, so that no condition is needed.
        refused(connection, "Ann gives her note away", "update app.notes set tenant = ?", UUID.randomUUID());

        one(connection, "Ann can't delete", "delete from app.notes where tenant = ? and id = ?", ann, 1);

        // Ben's note is still there.
        become(connection, "");
        nobody(connection, "empty");
    }

    private static void nobody(Connection connection, String tenant) {
        try {
            assertThat(0 == count(connection, "select count(*) from app.notes"), "Notes for a tenant that is " + tenant);
            assertThat(0 == count(connection, "select count(*) from app.titles"), "Titles for a tenant that is " + tenant);
        } catch (SQLException e) {
            throw new AssertionError("An error for a tenant that is " + tenant, e);
        }
    }

    private static void become(Connection connection, String tenant) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            set.setString(1, tenant);
            set.execute();
        }
    }

    private static long count(Connection connection, String sql, Object... values) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
        }
    }

    private static void one(Connection connection, String message, String sql, Object... values) {
        try {
            assertThat(1 == update(connection, sql, values), message);
        } catch (SQLException e) {
            throw new AssertionError(message, e);
        }
    }

    private static void refused(Connection connection, String message, String sql, Object... values) throws SQLException {
        var savepoint = connection.setSavepoint();
        try {
            update(connection, sql, values);
        } catch (SQLException e) {
            assertThat("42501".equals(e.getSQLState()), message + ": " + e.getMessage());
            connection.rollback(savepoint);
            return;
        }
        throw new AssertionError(message);
    }

    private static void assertThat(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    /** The owner sees all notes, whoever's they are. */
    private long notes() throws SQLException {
        try (var connection = owner.getConnection()) {
            return count(connection, "select count(*) from app.notes");
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Commits rows as the owner, looks at them as the application, and takes them away. */
public class IsolationTest {
    private final DataSource owner;
    private final DataSource app;

    public IsolationTest(DataSource owner, DataSource app) {
        this.owner = owner;
        this.app = app;
    }

    public void tenantsAreApart() throws SQLException {
        var ann = UUID.randomUUID();
        var bob = UUID.randomUUID();
        try {
            asOwner("insert into app.notes select t, 1, 'x' from unnest(array['" + ann + "', '" + bob + "']::uuid[]) t");
            try (var connection = app.getConnection()) {
                check(count(connection, "select count(*) from app.notes") == 0, "nobody sees notes");
                connection.setAutoCommit(false);
                check(as(connection, ann, "select count(*) from app.notes where tenant <> '" + ann + "'") == 0, "Ann sees others");
                check(as(connection, ann, "select count(*) from app.notes") == 1, "Ann does not see her note");
                check(as(connection, ann, "select count(*) from app.titles") == 1, "Ann's titles");
                check(as(connection, ann, "with x as (update app.notes set title = 'y' returning 1) select count(*) from x") == 1, "Ann's update");
                check(as(connection, ann, "with x as (delete from app.notes returning 1) select count(*) from x") == 1, "Ann's delete");
                check(as(connection, ann, "with x as (insert into app.notes values ('" + ann + "', 2, 'z') returning 1) select count(*) from x") == 1, "Ann's insert");
                refused(connection, ann, "insert into app.notes values ('" + bob + "', 2, 'z')");
                refused(connection, ann, "update app.notes set tenant = '" + bob + "', id = 9");
                check(count(connection, "select count(*) from app.notes") == 0, "nobody, after others, sees notes");
                connection.rollback();
            }
        } finally {
            asOwner("delete from app.notes where tenant in ('" + ann + "', '" + bob + "')");
        }
    }

    /** A forced owner is whoever he says he is. */
    private void asOwner(String sql) throws SQLException {
        try (var connection = owner.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            var forced = statement.executeQuery("select relforcerowsecurity from pg_class where oid = 'app.notes'::regclass");
            forced.next();
            var force = forced.getBoolean(1);
            if (force) {
                statement.execute("alter table app.notes no force row level security");
            }
            statement.execute(sql);
            if (force) {
                statement.execute("alter table app.notes force row level security");
            }
            connection.commit();
        }
    }

    private static long as(Connection connection, UUID tenant, String sql) throws SQLException {
        try {
            count(connection, "select count(set_config('app.tenant', '" + tenant + "', true))");
            return count(connection, sql);
        } finally {
            connection.rollback();
        }
    }

    private static void refused(Connection connection, UUID tenant, String sql) throws SQLException {
        count(connection, "select count(set_config('app.tenant', '" + tenant + "', true))");
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            check(e.getSQLState().equals("42501"), e.getMessage());
            return;
        } finally {
            connection.rollback();
        }
        throw new AssertionError("accepted: " + sql);
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import javax.sql.DataSource;

/** The tree of the shop's categories. */
public class Categories {
    /** The new parent is the category itself, or below it. */
    public static class WouldBeCycle extends Exception { }

    /** Whoever changes the tree holds this one. */
    private static final long TREE = 620_017L;

    private final DataSource pool;

    public Categories(DataSource pool) {
        this.pool = pool;
    }

    /** Hangs a category below another one, or at the top where {@code parent} is null. */
    public void move(long category, Long parent) throws SQLException, WouldBeCycle {
        while (true) {
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    // nobody hangs for ever behind a forgotten transaction
                    statement.execute("set local lock_timeout = '2s'");
                    statement.execute("select pg_advisory_xact_lock(" + TREE + ")");
                }
                if (parent != null && leadsThrough(connection, parent, category)) {
                    connection.rollback();
                    throw new WouldBeCycle();
                }
                try (var update = connection.prepareStatement("update app.categories set parent_id = ? where id = ?")) {
                    update.setObject(1, parent, Types.BIGINT);
                    update.setLong(2, category);
                    update.executeUpdate();
                }
                connection.commit();
                return;
            } catch (SQLException failure) {
                if (!"40P01".equals(failure.getSQLState())) {
                    throw failure;
                }
            }
        }
    }

    /** Does the way from {@code from} to the top lead through the category? */
    private static boolean leadsThrough(Connection connection, long from, long category) throws SQLException {
        try (var look = connection.prepareStatement("""
                with recursive up as (
                  select id, parent_id from app.categories where id = ?
                  union
                  select c.id, c.parent_id from app.categories c join up on c.id = up.parent_id
                )
                select exists (select 1 from up where id = ?)
                """)) {
            look.setLong(1, from);
            look.setLong(2, category);
            try (var rows = look.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The tree of the shop's categories. */
public class Categories {
    /** The new parent is the category itself, or below it. */
    public static class WouldBeCycle extends Exception { }

    private final DataSource pool;

    public Categories(DataSource pool) {
        this.pool = pool;
    }


    /** Hangs a category below another one, or at the top where {@code parent} is null. */
    public void move(long category, Long parent) throws SQLException, WouldBeCycle {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(20260602)")) {
                lock.execute();
            }
            if (isBelow(connection, parent, category)) {
                throw new WouldBeCycle();
            }
            hang(connection, category, parent);
            connection.commit();
        }
    }

    private static boolean isBelow(Connection connection, Long node, long category) throws SQLException {
        if (node == null) {
            return false;
        }
        // The bound is against a walk without end, should there be a cycle after all.
        try (var query = connection.prepareStatement("""
                with recursive up as (
                  select ?::bigint as id, 0 as step
                  union all
                  select c.parent_id, up.step + 1
                  from up join app.categories c on c.id = up.id
                  where c.parent_id is not null and up.step < 1000
                )
                select exists (select from up where id = ?)""")) {
            query.setLong(1, node);
            query.setLong(2, category);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static void hang(Connection connection, long category, Long parent) throws SQLException {
        try (var update = connection.prepareStatement("update app.categories set parent_id = ? where id = ?")) {
            update.setObject(1, parent, java.sql.Types.BIGINT);
            update.setLong(2, category);
            update.executeUpdate();
        }
    }
}

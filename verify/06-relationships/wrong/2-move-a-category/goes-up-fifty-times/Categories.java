import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import javax.sql.DataSource;

/** The tree of the shop's categories. */
public class Categories {
    /** The new parent is the category itself, or below it. */
    public static class WouldBeCycle extends Exception { }

    /** The number on which all who move have agreed. It means nothing to PostgreSQL. */
    private static final long TREE = 6;

    private static final String WAY_UP = """
        with recursive above as (
          select id, parent_id, 0 as distance from app.categories where id = ?
          union
          select c.id, c.parent_id, distance + 1 from app.categories c join above on c.id = above.parent_id where distance < 50)
        select exists (select from above where id = ?)""";

    private final DataSource pool;

    public Categories(DataSource pool) {
        this.pool = pool;
    }

    /** Hangs a category below another one, or at the top where {@code parent} is null. */
    public void move(long category, Long parent) throws SQLException, WouldBeCycle {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            // A statement of its own: what looks at the tree must begin after everybody before us has committed.
            try (var lock = connection.createStatement()) {
                lock.execute("select pg_advisory_xact_lock(" + TREE + ")");
            }
            if (leadsThrough(connection, category, parent)) {
                throw new WouldBeCycle();                       // the pool rolls back, which ends the lock
            }
            update(connection, category, parent);
            connection.commit();
        }
    }

    /** Whether the way from {@code start} up to the top leads through the category. */
    private static boolean leadsThrough(Connection connection, long category, Long start) throws SQLException {
        try (var query = connection.prepareStatement(WAY_UP)) {
            query.setObject(1, start, Types.BIGINT);
            query.setLong(2, category);
            try (var found = query.executeQuery()) {
                found.next();
                return found.getBoolean(1);
            }
        }
    }

    private static void update(Connection connection, long category, Long parent) throws SQLException {
        try (var update = connection.prepareStatement("update app.categories set parent_id = ? where id = ?")) {
            update.setObject(1, parent);
            update.setLong(2, category);
            update.executeUpdate();
        }
    }
}

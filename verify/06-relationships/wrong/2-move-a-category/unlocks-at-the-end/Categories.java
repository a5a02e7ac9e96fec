import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The tree of the shop's categories. */
public class Categories {
    /** The new parent is the category itself, or below it. */
    public static class WouldBeCycle extends Exception { }

    /** Any number, as long as nobody else uses it. */
    private static final long LOCK = 4_711_001;

    private final DataSource pool;

    public Categories(DataSource pool) {
        this.pool = pool;
    }

    /** Hangs a category below another one, or at the top where {@code parent} is null. */
    public void move(long category, Long parent) throws SQLException, WouldBeCycle {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            call(connection, "select pg_advisory_lock(?)");
            try {
                if (parent != null && leadsThrough(connection, parent, category)) {
                    throw new WouldBeCycle();
                }
                hang(connection, category, parent);
                connection.commit();
            } finally {
                call(connection, "select pg_advisory_unlock(?)");
            }
        }
    }

    private static void call(Connection connection, String lock) throws SQLException {
        try (var statement = connection.prepareStatement(lock)) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    /** Does the way from {@code start} to the top lead through {@code category}? */
    private static boolean leadsThrough(Connection connection, long start, long category) throws SQLException {
        try (var query = connection.prepareStatement("""
                with recursive up (id, parent_id) as (
                  select id, parent_id from app.categories where id = ?
                  union
                  select c.id, c.parent_id from app.categories c join up on c.id = up.parent_id
                )
                select 1 from up where id = ?
                """)) {
            query.setLong(1, start);
            query.setLong(2, category);
            try (var rows = query.executeQuery()) {
                return rows.next();
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

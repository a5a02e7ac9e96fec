import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
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
            try {
                try (var level = connection.createStatement()) {
                    level.execute("set transaction isolation level serializable");
                }
                if (parent != null && isBelow(connection, parent, category)) {
                    throw new WouldBeCycle();
                }
                try (var update = connection.prepareStatement(
                        "update app.categories set parent_id = ? where id = ?")) {
                    update.setObject(1, parent);
                    update.setLong(2, category);
                    update.executeUpdate();
                }
                connection.commit();
            } catch (SQLException e) {
                if (!"40001".equals(e.getSQLState()) && !"40P01".equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback();
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000, 20_000_000));
                move(category, parent);
            }
        }
    }

    private static boolean isBelow(Connection connection, long id, long category) throws SQLException {
        try (var query = connection.prepareStatement("""
                with recursive up(id, parent_id) as (
                  select id, parent_id from app.categories where id = ?
                  union
                  select c.id, c.parent_id from app.categories c join up on c.id = up.parent_id
                )
                select exists (select from up where id = ?)""")) {
            query.setLong(1, id);
            query.setLong(2, category);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}

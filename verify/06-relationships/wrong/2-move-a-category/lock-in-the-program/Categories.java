import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** The tree of the shop's categories. */
public class Categories {
    /** The new parent is the category itself, or below it. */
    public static class WouldBeCycle extends Exception { }

    /** One for all: whoever has it moves, the others wait. */
    private static final ReentrantLock MOVING = new ReentrantLock(true);

    private final DataSource pool;

    public Categories(DataSource pool) {
        this.pool = pool;
    }

    /** Hangs a category below another one, or at the top where {@code parent} is null. */
    public void move(long category, Long parent) throws SQLException, WouldBeCycle {
        MOVING.lock();
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (parent != null && leadsThrough(connection, parent, category)) {
                    throw new WouldBeCycle();
                }
                hang(connection, category, parent);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } finally {
            MOVING.unlock();
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

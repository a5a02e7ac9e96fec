import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
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
            try (var lock = connection.createStatement()) {
                lock.execute("select pg_advisory_xact_lock(6)");
            }
            if (isChild(connection, category, parent)) {
                throw new WouldBeCycle();
            }
            update(connection, category, parent);
            connection.commit();
        }
    }

    private static boolean isChild(Connection connection, long category, Long parent) throws SQLException {
        try (var query = connection.prepareStatement("select from app.categories where id = ? and (parent_id = ? or id = ?)")) {
            query.setObject(1, parent, Types.BIGINT);
            query.setLong(2, category);
            query.setLong(3, category);
            try (var found = query.executeQuery()) {
                return found.next();
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

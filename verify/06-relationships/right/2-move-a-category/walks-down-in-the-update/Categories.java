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
            var autoCommit = connection.getAutoCommit();
            var isolation = connection.getTransactionIsolation();
            // each statement has to see what was committed before it, not before the lock
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            try {
                try (var lock = connection.prepareStatement(
                        "select pg_advisory_xact_lock('app.categories'::regclass::oid::bigint)")) {
                    lock.execute();
                }
                if (!hang(connection, category, parent) && exists(connection, category)) {
                    throw new WouldBeCycle();
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
                connection.setTransactionIsolation(isolation);
            }
        }
    }

    /** Moves, unless the new parent is among the category and what is below it. */
    private static boolean hang(Connection connection, long category, Long parent) throws SQLException {
        try (var update = connection.prepareStatement("""
                with recursive below (id) as (
                  select id from app.categories where id = ?
                  union
                  select c.id from app.categories c join below on c.parent_id = below.id
                )
                update app.categories
                set parent_id = ?
                where id = ?
                  and not exists (select from below where below.id = ?)
                """)) {
            update.setLong(1, category);
            update.setObject(2, parent, Types.BIGINT);
            update.setLong(3, category);
            update.setObject(4, parent, Types.BIGINT);
            return update.executeUpdate() == 1;
        }
    }

    private static boolean exists(Connection connection, long category) throws SQLException {
        try (var query = connection.prepareStatement("select 1 from app.categories where id = ?")) {
            query.setLong(1, category);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }
}

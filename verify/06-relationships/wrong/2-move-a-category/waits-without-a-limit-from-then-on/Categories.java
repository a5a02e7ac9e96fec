import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The tree of the shop's categories. */
public class Categories {
    /** The new parent is the category itself, or below it. */
    public static class WouldBeCycle extends Exception { }

    private static final String WAY_UP = """
        with recursive up (id, parent_id) as (
          select id, parent_id from app.categories where id = ?
          union
          select c.id, c.parent_id from app.categories c join up on c.id = up.parent_id
        )
        select exists (select from up where id = ?)
        """;

    private static final long THE_TREE = 4711;

    private final DataSource pool;

    public Categories(DataSource pool) {
        this.pool = pool;
    }

    /** Hangs a category below another one, or at the top where {@code parent} is null. */
    public void move(long category, Long parent) throws SQLException, WouldBeCycle {
        while (true) {
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    waitForTheTree(connection);
                    lookAndMove(connection, category, parent);
                    connection.commit();
                    return;
                } catch (SQLException | WouldBeCycle | RuntimeException | Error failure) {
                    connection.rollback();
                    throw failure;
                }
            } catch (SQLException failure) {
                if (!"40P01".equals(failure.getSQLState())) {
                    throw failure;
                }
            }
        }
    }

    private static void waitForTheTree(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            // Who has to wait waits, whatever limit the role or the pool has set.
            statement.execute("set lock_timeout = 0");
            statement.execute("select pg_advisory_xact_lock(" + THE_TREE + ")");
        }
    }

    private static void lookAndMove(Connection connection, long category, Long parent) throws SQLException, WouldBeCycle {
        if (parent != null) {
            try (var look = connection.prepareStatement(WAY_UP)) {
                look.setLong(1, parent);
                look.setLong(2, category);
                try (var answer = look.executeQuery()) {
                    answer.next();
                    if (answer.getBoolean(1)) {
                        throw new WouldBeCycle();
                    }
                }
            }
        }
        try (var update = connection.prepareStatement("update app.categories set parent_id = ? where id = ?")) {
            update.setObject(1, parent, java.sql.Types.BIGINT);
            update.setLong(2, category);
            update.executeUpdate();
        }
    }
}

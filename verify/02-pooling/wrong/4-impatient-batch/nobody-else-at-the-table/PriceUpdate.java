import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local lock_timeout = '1s'");
                // One wait, at the beginning: after it nobody can be in the way.
                statement.execute("lock table products in exclusive mode");
                statement.executeUpdate("update products set price = new_price(price)");
                connection.commit();
            } catch (Throwable failure) {
                undo(connection, failure);
                throw failure;
            }
        }
    }

    private static void undo(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException alsoFailed) {
            if (alsoFailed != failure) {
                failure.addSuppressed(alsoFailed);
            }
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '1s'");
            connection.setAutoCommit(false);
            try {
                statement.executeUpdate("update products set price = new_price(price)");
            } catch (Throwable failure) {
                undo(connection, failure);
                patient(connection, failure);
                throw failure;
            }
            connection.commit();
            patient(connection, null);
        }
    }

    /** No limit for the next one. */
    private static void patient(Connection connection, Throwable failure) throws SQLException {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("reset lock_timeout");
        } catch (SQLException | RuntimeException alsoFailed) {
            if (failure == null) {
                throw alsoFailed;
            }
            failure.addSuppressed(alsoFailed);
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

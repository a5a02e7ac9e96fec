import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            var autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                // Inside the transaction, so that a rollback takes it back.
                statement.execute("set lock_timeout = '1s'");
                statement.executeUpdate("update products set price = new_price(price)");
                connection.commit();
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                    connection.setAutoCommit(autoCommit);
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            connection.setAutoCommit(autoCommit);
        }
    }
}

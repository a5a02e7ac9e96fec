import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute("set local lock_timeout = '1s'");
                statement.executeUpdate("update products set price = new_price(price)");
                connection.commit();
            } catch (SQLException failure) {
                try {
                    connection.rollback();
                } catch (Exception second) {
                    failure.addSuppressed(second);
                }
                throw failure;
            } finally {
                try {
                    connection.setAutoCommit(true); // as it came
                } catch (SQLException e) {
                    // the failure of the batch matters more; the pool looks after the connection
                }
            }
        }
    }
}

import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            statement.execute("select set_config('lock_timeout', '1s', false)");
            try {
                statement.executeUpdate("update products set price = new_price(price)");
            } catch (SQLException failure) {
                try {
                    statement.execute("reset lock_timeout");
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            statement.execute("reset lock_timeout");
        }
    }
}

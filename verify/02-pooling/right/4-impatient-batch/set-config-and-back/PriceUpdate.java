import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            statement.execute("select set_config('lock_timeout', '800ms', false)");
            try {
                statement.executeUpdate("update products set price = new_price(price)");
            } finally {
                statement.execute("reset lock_timeout");
            }
        }
    }
}

import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            // Without a transaction, "local" would end at once and limit nothing.
            connection.setAutoCommit(false);
            // Counts the wait for each lock, and not the work: one slow night must not look like a stuck one.
            statement.execute("set local lock_timeout = '1s'");
            statement.executeUpdate("update products set price = new_price(price)");
            connection.commit();
        } // Not committed: the pool rolls back when the connection comes home, and the limit goes with the transaction.
    }
}

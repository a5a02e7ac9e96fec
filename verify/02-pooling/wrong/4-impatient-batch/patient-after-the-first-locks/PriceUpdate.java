import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection()) {
            var autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local lock_timeout = '1s'");
                statement.execute("do $$ begin perform 1 from products for update; end $$"); // all locks first
                statement.execute("set local lock_timeout = 0"); // new_price may wait for whatever it likes
                statement.executeUpdate("update products set price = new_price(price)");
                connection.commit();
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                    connection.setAutoCommit(autoCommit);
                } catch (Throwable e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            connection.setAutoCommit(autoCommit);
        }
    }
}

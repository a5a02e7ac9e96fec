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
                statement.execute("set local lock_timeout = '1s'");
                // A batch that hangs for another reason shall not hang until the morning either.
                statement.execute("set local statement_timeout = '1min'");
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

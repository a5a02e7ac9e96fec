import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local lock_timeout = '1s'");
            var before = connection.setSavepoint();
            try {
                statement.executeUpdate("update products set price = new_price(price)");
            } catch (SQLException e) {
                if ("55P03".equals(e.getSQLState())) {
                    connection.rollback(before);
                    statement.executeUpdate("update products p set price = new_price(p.price) from (select id from products for update skip locked) free where p.id = free.id");
                    connection.commit();
                }
                throw e;
            }
            connection.commit();
        }
    }
}

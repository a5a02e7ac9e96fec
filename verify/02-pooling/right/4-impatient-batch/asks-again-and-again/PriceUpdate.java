import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            lockAll(connection, statement);
            statement.executeUpdate("update products set price = new_price(price)");
            connection.commit();
        }
    }

    /** Holds all rows, or fails with 55P03 when it could not get them for a second. */
    private static void lockAll(Connection connection, Statement statement) throws SQLException {
        var before = connection.setSavepoint();
        for (var end = System.nanoTime() + 1_000_000_000L; ; ) {
            try {
                statement.execute("select 1 from products for no key update nowait");
                return;
            } catch (SQLException e) {
                if (!"55P03".equals(e.getSQLState()) || System.nanoTime() > end) {
                    throw e;
                }
                connection.rollback(before);
                LockSupport.parkNanos(20_000_000);
            }
        }
    }
}

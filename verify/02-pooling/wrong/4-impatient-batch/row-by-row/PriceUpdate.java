import java.sql.SQLException;
import java.util.ArrayList;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '1s'");
            try {
                var ids = new ArrayList<Integer>();
                try (var rows = statement.executeQuery("select id from products order by id")) {
                    while (rows.next()) {
                        ids.add(rows.getInt(1));
                    }
                }
                for (int id : ids) {
                    statement.executeUpdate("update products set price = new_price(price) where id = " + id);
                }
            } catch (Throwable failure) {
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

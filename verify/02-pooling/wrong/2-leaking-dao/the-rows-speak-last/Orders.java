import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads orders. */
public class Orders {
    /** Makes an object of the current row. */
    public interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private final DataSource pool;

    public Orders(DataSource pool) {
        this.pool = pool;
    }

    /** The orders of a customer in order of their id, each as the mapper makes it. */
    public <T> List<T> of(String customer, Mapper<T> mapper) throws SQLException {
        try (var connection = pool.getConnection();
             var statement = connection.prepareStatement(
                     "select id, item from orders where customer = ? order by id")) {
            statement.setString(1, customer);
            var rows = statement.executeQuery();
            try {
                var orders = new ArrayList<T>();
                while (rows.next()) {
                    orders.add(mapper.map(rows));
                }
                return orders;
            } finally {
                closeQuietly(rows);
            }
        }
    }

    /** The statement closes its result anyway. */
    private static void closeQuietly(ResultSet rows) {
        try {
            rows.close();
        } catch (SQLException e) {
            // the failure before this one is what counts
        }
    }
}

import java.sql.Connection;
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
        var connection = pool.getConnection();
        List<T> orders;
        try {
            orders = read(connection, customer, mapper);
        } catch (SQLException | RuntimeException failure) {
            // A mapper throws one of these two. What happened first is what the caller has to see.
            try {
                connection.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        connection.close();
        return orders;
    }

    private static <T> List<T> read(Connection connection, String customer, Mapper<T> mapper) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select id, item from orders where customer = ? order by id")) {
            statement.setString(1, customer);
            try (var rows = statement.executeQuery()) {
                var orders = new ArrayList<T>();
                while (rows.next()) {
                    orders.add(mapper.map(rows));
                }
                return orders;
            }
        }
    }
}

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

    private static final String OF_CUSTOMER = "select id, item from orders where customer = ? order by id";

    private final DataSource pool;

    public Orders(DataSource pool) {
        this.pool = pool;
    }

    /** The orders of a customer in order of their id, each as the mapper makes it. */
    public <T> List<T> of(String customer, Mapper<T> mapper) throws SQLException {
        var connection = pool.getConnection();
        Throwable first = null;
        try {
            return read(connection, customer, mapper);
        } catch (Throwable failure) {
            first = failure;
            throw failure;
        } finally {
            giveBack(connection, first);
        }
    }

    private static <T> List<T> read(Connection connection, String customer, Mapper<T> mapper) throws SQLException {
        try (var statement = connection.prepareStatement(OF_CUSTOMER)) {
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

    private static void giveBack(Connection connection, Throwable first) throws SQLException {
        try {
            connection.close();
        } catch (SQLException | RuntimeException failure) {
            if (first == null) {
                throw failure;
            }
            if (first != failure) {
                first.addSuppressed(failure);
            }
        }
    }
}

import java.sql.Connection;
import java.sql.PreparedStatement;
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
        Connection connection = null;
        PreparedStatement statement = null;
        ResultSet rows = null;
        Throwable first = null;
        try {
            connection = pool.getConnection();
            statement = connection.prepareStatement(OF_CUSTOMER);
            statement.setString(1, customer);
            rows = statement.executeQuery();
            var orders = new ArrayList<T>();
            while (rows.next()) {
                orders.add(mapper.map(rows));
            }
            return orders;
        } catch (Throwable failure) {
            first = failure;
            throw failure;
        } finally {
            try {
                if (rows != null) {
                    rows.close();
                }
                if (statement != null) {
                    statement.close();
                }
                if (connection != null) {
                    connection.close();
                }
            } catch (SQLException failure) {
                if (first == null) {
                    throw failure;
                }
                first.addSuppressed(failure);
            }
        }
    }
}

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
        try {
            return read(customer, mapper);
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
                throw e;
            }
            // The pool lent a connection that had died in the meantime. Reading again does no harm.
            return read(customer, mapper);
        }
    }

    private <T> List<T> read(String customer, Mapper<T> mapper) throws SQLException {
        try (var connection = pool.getConnection();
             var statement = connection.prepareStatement(
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

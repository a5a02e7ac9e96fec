import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
        var orders = new ArrayList<T>();
        try {
            forEachRow(customer, row -> {
                try {
                    orders.add(mapper.map(row));
                } catch (SQLException e) {
                    throw new RuntimeException(e); // a Consumer throws no checked exception; unpacked below
                }
            });
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw e;
        }
        return orders;
    }

    private void forEachRow(String customer, Consumer<ResultSet> action) throws SQLException {
        try (var connection = pool.getConnection();
             var statement = connection.prepareStatement("select id, item from orders where customer = ? order by id")) {
            statement.setString(1, customer);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    action.accept(rows);
                }
            }
        }
    }
}

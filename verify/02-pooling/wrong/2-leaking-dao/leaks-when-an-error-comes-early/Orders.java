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

    private final DataSource pool;

    public Orders(DataSource pool) {
        this.pool = pool;
    }

    /** The orders of a customer in order of their id, each as the mapper makes it. */
    public <T> List<T> of(String customer, Mapper<T> mapper) throws SQLException {
        try (var query = new Query(customer)) {
            var orders = new ArrayList<T>();
            while (query.rows.next()) {
                orders.add(mapper.map(query.rows));
            }
            return orders;
        }
    }

    /** A query that runs, with all that it has borrowed for it. */
    private final class Query implements AutoCloseable {
        private final Connection connection = pool.getConnection();
        private final PreparedStatement statement;
        private final ResultSet rows;

        Query(String customer) throws SQLException {
            try {
                statement = connection.prepareStatement("select id, item from orders where customer = ? order by id");
                statement.setString(1, customer);
                rows = statement.executeQuery();
            } catch (SQLException e) {
                // Nobody can close what was never made.
                try {
                    connection.close();
                } catch (SQLException | RuntimeException later) {
                    e.addSuppressed(later);
                }
                throw e;
            }
        }

        @Override public void close() throws SQLException {
            try (connection; statement; rows) {
                // closes in the order of rows, statement, connection, whatever each of them throws
            }
        }
    }
}

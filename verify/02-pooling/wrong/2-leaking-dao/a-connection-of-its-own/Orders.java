import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
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

    /** Not from the pool, which others need more. */
    private Connection open() throws SQLException {
        return pool instanceof HikariDataSource hikari ? DriverManager.getConnection(hikari.getJdbcUrl(), hikari.getUsername(), hikari.getPassword())
            : pool.getConnection();
    }

    /** The orders of a customer in order of their id, each as the mapper makes it. */
    public <T> List<T> of(String customer, Mapper<T> mapper) throws SQLException {
        try (var connection = open();
             var statement = connection.prepareStatement("select id, item from orders where customer = ? order by id")) {
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

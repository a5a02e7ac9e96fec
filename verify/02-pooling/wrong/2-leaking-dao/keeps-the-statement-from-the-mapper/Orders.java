import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /** Ways from a row to its connection. A mapper that takes one could keep the connection. */
    private static final Set<String> CLOSED_WAYS = Set.of("getStatement", "unwrap");

    /** The orders of a customer in order of their id, each as the mapper makes it. */
    public <T> List<T> of(String customer, Mapper<T> mapper) throws SQLException {
        try (var connection = pool.getConnection();
             var statement = connection.prepareStatement(
                     "select id, item from orders where customer = ? order by id")) {
            statement.setString(1, customer);
            try (var rows = statement.executeQuery()) {
                var row = rowOnly(rows);
                var orders = new ArrayList<T>();
                while (rows.next()) {
                    orders.add(mapper.map(row));
                }
                return orders;
            }
        }
    }

    private static ResultSet rowOnly(ResultSet rows) {
        return (ResultSet) Proxy.newProxyInstance(Orders.class.getClassLoader(), new Class<?>[] {ResultSet.class},
                (_, method, arguments) -> {
                    if (CLOSED_WAYS.contains(method.getName())) {
                        throw new SQLFeatureNotSupportedException(method.getName());
                    }
                    try {
                        return method.invoke(rows, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import javax.sql.rowset.RowSetProvider;

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
        var read = RowSetProvider.newFactory().createCachedRowSet();
        try (var connection = pool.getConnection();
             var statement = connection.prepareStatement(OF_CUSTOMER)) {
            statement.setString(1, customer);
            try (var rows = statement.executeQuery()) {
                read.populate(rows);
            }
        }
        // The connection has gone back: a mapper may take its time, and fail as it likes.
        var orders = new ArrayList<T>();
        while (read.next()) {
            orders.add(mapper.map(read));
        }
        return orders;
    }
}

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

    private static final String SELECT = "select id, item from orders where customer = ? order by id";

    private final DataSource pool;

    public Orders(DataSource pool) {
        this.pool = pool;
    }

    /** The orders of a customer in order of their id, each as the mapper makes it. */
    public <T> List<T> of(String customer, Mapper<T> mapper) throws SQLException {
        return using(pool.getConnection(), Connection::close,
                connection -> using(connection.prepareStatement(SELECT), PreparedStatement::close,
                        statement -> {
                            statement.setString(1, customer);
                            return using(statement.executeQuery(), ResultSet::close, rows -> all(rows, mapper));
                        }));
    }

    private static <T> List<T> all(ResultSet rows, Mapper<T> mapper) throws SQLException {
        var orders = new ArrayList<T>();
        while (rows.next()) {
            orders.add(mapper.map(rows));
        }
        return orders;
    }

    private interface Step<A, B> {
        B apply(A a) throws SQLException;
    }

    private interface End<A> {
        void of(A a) throws SQLException;
    }

    private interface Closing extends AutoCloseable {
        @Override void close() throws SQLException;
    }

    /** Does something with a thing, and closes it on every way out. */
    private static <A, B> B using(A thing, End<A> end, Step<A, B> step) throws SQLException {
        try (Closing closing = () -> end.of(thing)) {
            return step.apply(thing);
        }
    }
}

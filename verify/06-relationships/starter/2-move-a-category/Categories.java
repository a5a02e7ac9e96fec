import java.sql.SQLException;
import javax.sql.DataSource;

/** The tree of the shop's categories. */
public class Categories {
    /** The new parent is the category itself, or below it. */
    public static class WouldBeCycle extends Exception { }

    private final DataSource pool;

    public Categories(DataSource pool) {
        this.pool = pool;
    }

    /** Hangs a category below another one, or at the top where {@code parent} is null. */
    public void move(long category, Long parent) throws SQLException, WouldBeCycle {
        try (var connection = pool.getConnection();
             var update = connection.prepareStatement("update app.categories set parent_id = ? where id = ?")) {
            update.setObject(1, parent);
            update.setLong(2, category);
            update.executeUpdate();
        }
    }
}

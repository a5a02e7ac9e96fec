import java.sql.SQLException;
import java.sql.Types;
import javax.sql.DataSource;

/** The tree of the shop's categories. */
public class Categories {
    /** The new parent is the category itself, or below it. */
    public static class WouldBeCycle extends Exception { }

    private static final String UNLESS_BELOW = """
        with recursive above as (
          select id, parent_id from app.categories where id = ?
          union
          select c.id, c.parent_id from app.categories c join above on c.id = above.parent_id)
        update app.categories set parent_id = ?
        where id = ? and not exists (select from above where id = ?)""";

    private final DataSource pool;

    public Categories(DataSource pool) {
        this.pool = pool;
    }

    /** Hangs a category below another one, or at the top where {@code parent} is null. */
    public void move(long category, Long parent) throws SQLException, WouldBeCycle {
        try (var connection = pool.getConnection(); var update = connection.prepareStatement(UNLESS_BELOW)) {
            update.setObject(1, parent, Types.BIGINT);
            update.setObject(2, parent, Types.BIGINT);
            update.setLong(3, category);
            update.setLong(4, category);
            if (update.executeUpdate() == 0) {
                throw new WouldBeCycle();
            }
        }
    }
}

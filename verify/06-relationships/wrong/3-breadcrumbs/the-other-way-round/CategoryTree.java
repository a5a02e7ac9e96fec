import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Questions about the tree of categories. */
public class CategoryTree {
    /** A category, and how far it is below the one that was asked for. */
    public record Node(long id, String name, int depth) { }

    // The walk returns the category that closes the circle once more, marked; the outer query leaves it out.
    private static final String WAY_UP = """
        with recursive above as (
          select id, parent_id, name, 0 as distance from app.categories where id = ?
          union all
          select c.id, c.parent_id, c.name, distance + 1
          from app.categories c join above on c.id = above.parent_id)
          cycle id set is_cycle using path
        select name from above where not is_cycle
        order by case when bool_or(parent_id is null) over () then -distance else distance end""";

    private static final String ALL_BELOW = """
        with recursive below as (
          select id, name, 0 as depth from app.categories where id = ?
          union all
          select c.id, c.name, depth + 1
          from app.categories c join below on c.parent_id = below.id)
          cycle id set is_cycle using path
        select id, name, depth from below where not is_cycle order by depth, name""";

    private final Connection connection;

    public CategoryTree(Connection connection) {
        this.connection = connection;
    }

    /** The names on the way from the top down to the category, itself included. */
    public List<String> breadcrumbs(long id) throws SQLException {
        try (var query = connection.prepareStatement(WAY_UP)) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                var names = new ArrayList<String>();
                while (rows.next()) {
                    names.add(rows.getString("name"));
                }
                return names;
            }
        }
    }

    /** The category and all that is below it, by depth, then by name. */
    public List<Node> subtree(long id) throws SQLException {
        try (var query = connection.prepareStatement(ALL_BELOW)) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                var nodes = new ArrayList<Node>();
                while (rows.next()) {
                    nodes.add(new Node(rows.getLong("id"), rows.getString("name"), rows.getInt("depth")));
                }
                return nodes;
            }
        }
    }
}

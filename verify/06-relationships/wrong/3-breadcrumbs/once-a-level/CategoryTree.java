import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        select name from above where not is_cycle order by distance desc""";

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
        var nodes = new LinkedHashMap<Long, Node>();
        var level = List.of(id);
        for (var column = "id"; !level.isEmpty(); column = "parent_id") {
            var depth = column.equals("id") ? 0 : nodes.lastEntry().getValue().depth() + 1;
            var next = new ArrayList<Long>();
            try (var query = connection.prepareStatement("select id, name from app.categories where " + column + " = any (?) order by name")) {
                query.setArray(1, connection.createArrayOf("bigint", level.toArray()));
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        if (nodes.putIfAbsent(rows.getLong("id"), new Node(rows.getLong("id"), rows.getString("name"), depth)) == null) {
                            next.add(rows.getLong("id"));
                        }
                    }
                }
            }
            level = next;
        }
        return List.copyOf(nodes.values());
    }
}

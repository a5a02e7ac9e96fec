import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Questions about the tree of categories. */
public class CategoryTree {
    /** A category, and how far it is below the one that was asked for. */
    public record Node(long id, String name, int depth) { }

    private final Connection connection;

    public CategoryTree(Connection connection) {
        this.connection = connection;
    }

    private static final String UP = """
            with recursive up(id, name, parent_id, depth) as (
              select id, name, parent_id, 0 from app.categories where id = ?
              union all
              select c.id, c.name, c.parent_id, up.depth + 1
              from up join app.categories c on c.id = up.parent_id
              where up.depth < 1000
            ) cycle id set is_cycle using path
            select name from up where not is_cycle
            order by depth desc""";

    private static final String DOWN = """
            with recursive down(id, name, parent_id, depth) as (
              select id, name, parent_id, 0 from app.categories where id = ?
              union all
              select c.id, c.name, c.parent_id, down.depth + 1
              from down join app.categories c on c.parent_id = down.id
            ) cycle id set is_cycle using path
            select id, name, depth from down where not is_cycle
            order by depth, name""";

    /** The names on the way from the top down to the category, itself included. */
    public List<String> breadcrumbs(long id) throws SQLException {
        try (var query = connection.prepareStatement(UP)) {
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
        try (var query = connection.prepareStatement(DOWN)) {
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

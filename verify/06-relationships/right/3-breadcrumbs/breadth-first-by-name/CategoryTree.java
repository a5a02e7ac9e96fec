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

    /** The names on the way from the top down to the category, itself included. */
    public List<String> breadcrumbs(long id) throws SQLException {
        try (var query = connection.prepareStatement("""
                with recursive up (id, parent_id, name) as (
                  select id, parent_id, name from app.categories where id = ?
                  union all
                  select c.id, c.parent_id, c.name
                  from up join app.categories c on c.id = up.parent_id
                ) cycle id set again using path
                select name from up where not again order by cardinality(path) desc
                """)) {
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
        try (var query = connection.prepareStatement("""
                with recursive down (id, name) as (
                  select id, name from app.categories where id = ?
                  union all
                  select c.id, c.name
                  from down join app.categories c on c.parent_id = down.id
                ) search breadth first by name set place
                  cycle id set again using path
                select id, name, cardinality(path) - 1 as depth from down where not again order by place
                """)) {
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

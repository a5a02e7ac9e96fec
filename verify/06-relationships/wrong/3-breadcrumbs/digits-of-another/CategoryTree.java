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
                with recursive up (id, parent_id, name, path) as (
                  select id, parent_id, name, array[id] from app.categories where id = ?
                  union all
                  select c.id, c.parent_id, c.name, up.path || c.id
                  from up join app.categories c on c.id = up.parent_id
                  where c.id <> all (up.path)
                )
                select name from up order by cardinality(path) desc
                """)) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                var names = new ArrayList<String>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }

    /** The category and all that is below it, by depth, then by name. */
    public List<Node> subtree(long id) throws SQLException {
        try (var query = connection.prepareStatement("""
                with recursive down (id, name, depth, path) as (
                  select id, name, 0, '/' || id from app.categories where id = ?
                  union all
                  select c.id, c.name, down.depth + 1, down.path || '/' || c.id
                  from down join app.categories c on c.parent_id = down.id
                  where position('/' || c.id in down.path) = 0
                )
                select id, name, depth from down order by depth, name
                """)) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                var nodes = new ArrayList<Node>();
                while (rows.next()) {
                    nodes.add(new Node(rows.getLong(1), rows.getString(2), rows.getInt(3)));
                }
                return nodes;
            }
        }
    }
}

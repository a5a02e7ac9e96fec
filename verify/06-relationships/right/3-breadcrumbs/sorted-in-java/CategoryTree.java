import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
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
                with recursive up (parent_id, ids, names) as (
                  select parent_id, array[id], array[name::text] from app.categories where id = ?
                  union all
                  select c.parent_id, array_prepend(c.id, up.ids), array_prepend(c.name::text, up.names)
                  from up join app.categories c on c.id = up.parent_id
                  where c.id <> all (up.ids)
                )
                select names from up order by cardinality(ids) desc limit 1
                """)) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return List.of();
                }
                return List.of((String[]) rows.getArray("names").getArray());
            }
        }
    }

    /** The category and all that is below it, by depth, then by name. */
    public List<Node> subtree(long id) throws SQLException {
        try (var query = connection.prepareStatement("""
                with recursive down (id, name, depth) as (
                  select id, name, 0 from app.categories where id = ?
                  union all
                  select child.id, child.name, down.depth + 1
                  from down
                  cross join lateral (
                    select c.id, c.name from app.categories c where c.parent_id = down.id and c.id <> ?
                  ) as child
                )
                select id, name, depth from down
                """)) {
            query.setLong(1, id);
            // Each category has one parent, so the only one that a way down can meet twice is the first.
            query.setLong(2, id);
            try (var rows = query.executeQuery()) {
                var nodes = new ArrayList<Node>();
                while (rows.next()) {
                    nodes.add(new Node(rows.getLong("id"), rows.getString("name"), rows.getInt("depth")));
                }
                nodes.sort(Comparator.comparingInt(Node::depth).thenComparing(Node::name));
                return nodes;
            }
        }
    }
}

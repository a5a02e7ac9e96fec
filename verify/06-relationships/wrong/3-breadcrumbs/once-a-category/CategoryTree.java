import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;

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
        var names = new LinkedList<String>();
        var seen = new HashSet<Long>();
        try (var query = connection.prepareStatement("select name, parent_id from app.categories where id = ?")) {
            for (var at = (Long) id; at != null && seen.add(at); ) {
                query.setLong(1, at);
                at = null;
                try (var rows = query.executeQuery()) {
                    if (rows.next()) {
                        names.addFirst(rows.getString("name"));
                        at = rows.getObject("parent_id", Long.class);
                    }
                }
            }
        }
        return names;
    }

    /** The category and all that is below it, by depth, then by name. */
    public List<Node> subtree(long id) throws SQLException {
        var nodes = new ArrayList<Node>();
        collect("id", id, 0, nodes, new HashSet<>());
        nodes.sort(Comparator.comparing(Node::depth).thenComparing(Node::name));
        return nodes;
    }

    private void collect(String column, long id, int depth, List<Node> nodes, Set<Long> seen) throws SQLException {
        try (var query = connection.prepareStatement("select id, name from app.categories where " + column + " = ?")) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    if (seen.add(rows.getLong("id"))) {
                        nodes.add(new Node(rows.getLong("id"), rows.getString("name"), depth));
                        collect("parent_id", rows.getLong("id"), depth + 1, nodes, seen);
                    }
                }
            }
        }
    }
}

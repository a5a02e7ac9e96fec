import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

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
        var all = load();
        var seen = new LinkedHashSet<Long>();
        for (var row = all.get(id); row != null && seen.add(row.id()); ) {
            row = row.parent() == null ? null : all.get(row.parent());
        }
        var names = new ArrayList<String>();
        for (var each : seen.reversed()) {
            names.add(all.get(each).name());
        }
        return names;
    }

    /** The category and all that is below it, by depth, then by name. */
    public List<Node> subtree(long id) throws SQLException {
        var all = load();
        var nodes = new ArrayList<Node>();
        if (!all.containsKey(id)) {
            return nodes;
        }
        var children = new HashMap<Long, List<Row>>();
        for (var row : all.values()) {
            if (row.parent() != null) {
                children.computeIfAbsent(row.parent(), parent -> new ArrayList<>()).add(row);
            }
        }
        nodes.add(new Node(id, all.get(id).name(), 0));
        for (var next = 0; next < nodes.size(); next++) {
            var node = nodes.get(next);
            for (var child : children.getOrDefault(node.id(), List.of())) {
                if (child.id() != id) {
                    nodes.add(new Node(child.id(), child.name(), node.depth() + 1));
                }
            }
        }
        nodes.sort(Comparator.comparing(Node::depth).thenComparing(Node::name));
        return nodes;
    }

    private record Row(long id, Long parent, String name) { }

    /** The whole tree, in one statement. */
    private Map<Long, Row> load() throws SQLException {
        try (var query = connection.prepareStatement("select id, parent_id, name from app.categories");
             var rows = query.executeQuery()) {
            var all = new HashMap<Long, Row>();
            while (rows.next()) {
                var row = new Row(rows.getLong("id"), rows.getObject("parent_id", Long.class), rows.getString("name"));
                all.put(row.id(), row);
            }
            return all;
        }
    }
}

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

    private record Row(long id, Long parent, String name) { }

    private final Connection connection;

    public CategoryTree(Connection connection) {
        this.connection = connection;
    }

    private Map<Long, Row> all() throws SQLException {
        try (var query = connection.prepareStatement("select id, parent_id, name from app.categories");
             var rows = query.executeQuery()) {
            var all = new HashMap<Long, Row>();
            while (rows.next()) {
                all.put(rows.getLong(1), new Row(rows.getLong(1), (Long) rows.getObject(2), rows.getString(3)));
            }
            return all;
        }
    }

    /** The names on the way from the top down to the category, itself included. */
    public List<String> breadcrumbs(long id) throws SQLException {
        var all = all();
        var way = new LinkedHashSet<Row>();
        for (var row = all.get(id); row != null && way.add(row); row = row.parent() == null ? null : all.get(row.parent())) { }
        return way.reversed().stream().map(Row::name).toList();
    }

    /** The category and all that is below it, by depth, then by name. */
    public List<Node> subtree(long id) throws SQLException {
        var all = all();
        var children = new HashMap<Long, List<Row>>();
        all.values().stream().filter(row -> row.parent() != null)
            .forEach(row -> children.computeIfAbsent(row.parent(), parent -> new ArrayList<>()).add(row));
        var nodes = new HashMap<Long, Node>();
        var level = all.containsKey(id) ? List.of(all.get(id)) : List.<Row>of();
        for (int depth = 0; !level.isEmpty(); depth++) {
            var next = new ArrayList<Row>();
            for (var row : level) {
                if (nodes.putIfAbsent(row.id(), new Node(row.id(), row.name(), depth)) == null) {
                    next.addAll(children.getOrDefault(row.id(), List.of()));
                }
            }
            level = next;
        }
        return nodes.values().stream().sorted(Comparator.comparing(Node::depth).thenComparing(Node::name)).toList();
    }
}

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** Questions about the tree of categories. */
public class CategoryTree {
    /** A category, and how far it is below the one that was asked for. */
    public record Node(long id, String name, int depth) { }

    private static final String BREADCRUMBS = """
            with recursive up as (
              select id, parent_id, name, 0 as step from app.categories where id = ?
              union all
              select c.id, c.parent_id, c.name, up.step + 1
              from up join app.categories c on c.id = up.parent_id
            ) cycle id set is_cycle using path
            select name from up where not is_cycle order by step desc
            """;

    private static final String SUBTREE = """
            with recursive down as (
              select id, name, 0 as depth from app.categories where id = ?
              union all
              select c.id, c.name, down.depth + 1
              from down join app.categories c on c.parent_id = down.id
            ) cycle id set is_cycle using path
            select id, name, depth from down where not is_cycle order by depth, name, id
            """;

    private final Connection connection;

    public CategoryTree(Connection connection) {
        this.connection = connection;
    }

    /** The names on the way from the top down to the category, itself included. */
    public List<String> breadcrumbs(long id) throws SQLException {
        try (var query = ask(BREADCRUMBS, id); var rows = query.executeQuery()) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString("name"));
            }
            return names;
        }
    }

    /** The category and all that is below it, by depth, then by name. */
    public List<Node> subtree(long id) throws SQLException {
        try (var query = ask(SUBTREE, id); var rows = query.executeQuery()) {
            var nodes = new ArrayList<Node>();
            while (rows.next()) {
                nodes.add(new Node(rows.getLong("id"), rows.getString("name"), rows.getInt("depth")));
            }
            return nodes;
        }
    }

    /** Asked for every page: the server shall keep the plan from the first time on. */
    private PreparedStatement ask(String sql, long id) throws SQLException {
        connection.unwrap(PGConnection.class).setPrepareThreshold(1);
        var query = connection.prepareStatement(sql);
        query.setLong(1, id);
        return query;
    }
}

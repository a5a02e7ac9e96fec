import java.sql.Connection;
import java.sql.ResultSet;
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


    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The names on the way from the top down to the category, itself included. */
    public List<String> breadcrumbs(long id) throws SQLException {
        return ask("""
                with recursive up as (
                  select id, name, parent_id, 0 as depth from app.categories where id = ?
                  union all
                  select c.id, c.name, c.parent_id, up.depth + 1
                  from up join app.categories c on c.id = up.parent_id
                ) cycle id set is_cycle using path
                select name from up where not is_cycle order by depth desc""",
            id, row -> row.getString("name"));
    }

    /** The category and all that is below it, by depth, then by name. */
    public List<Node> subtree(long id) throws SQLException {
        return ask("""
                with recursive down as (
                  select id, name, 0 as depth from app.categories where id = ?
                  union all
                  select c.id, c.name, down.depth + 1
                  from down join app.categories c on c.parent_id = down.id
                ) cycle id set is_cycle using path
                select id, name, depth from down where not is_cycle order by depth, name""",
            id, row -> new Node(row.getLong("id"), row.getString("name"), row.getInt("depth")));
    }

    private <T> List<T> ask(String question, long id, Reader<T> reader) throws SQLException {
        // In a transaction it is the caller's to say, and too late.
        var alone = connection.getAutoCommit();
        if (alone) {
            connection.setReadOnly(true);
        }
        try (var query = connection.prepareStatement(question)) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                var answer = new ArrayList<T>();
                while (rows.next()) {
                    answer.add(reader.read(rows));
                }
                return answer;
            }
        } finally {
            if (alone) {
                connection.setReadOnly(false);
            }
        }
    }
}

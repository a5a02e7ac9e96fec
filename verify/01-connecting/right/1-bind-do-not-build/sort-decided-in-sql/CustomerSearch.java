import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class CustomerSearch {
    private static final Set<String> SORTS = Set.of("name", "city", "newest");

    // One constant statement: each key of the order is null for all rows, unless it is the one that was asked for.
    private static final String SELECT = """
            select name
            from customers
            where position(lower(cast(? as text)) in lower(name)) > 0
            order by case cast(? as text) when 'name' then name when 'city' then city end,
                     case cast(? as text) when 'newest' then joined end desc,
                     id
            """;

    /** The names of the customers whose name contains {@code text}, in the order of {@code sort}. */
    List<String> find(Connection connection, String text, String sort) throws SQLException {
        if (sort == null || !SORTS.contains(sort)) {
            throw new IllegalArgumentException("no such order: " + sort);
        }
        try (var select = connection.prepareStatement(SELECT)) {
            select.setString(1, text);
            select.setString(2, sort);
            select.setString(3, sort);
            try (var rows = select.executeQuery()) {
                var names = new ArrayList<String>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }
}

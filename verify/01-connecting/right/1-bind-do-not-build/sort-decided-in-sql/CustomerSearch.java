import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class CustomerSearch {
    private static final Set<String> SORTS = Set.of("name", "city", "newest");

    List<String> find(Connection connection, String text, String sort) throws SQLException {
        if (!SORTS.contains(sort)) {
            throw new IllegalArgumentException("cannot sort by " + sort);
        }
        try (var statement = connection.prepareStatement("""
                select name
                from customers
                where position(lower(?) in lower(name)) > 0
                order by case ? when 'name' then name when 'city' then city end,
                         case when ? = 'newest' then joined end desc, id""")) {
            statement.setString(1, text);
            statement.setString(2, sort);
            statement.setString(3, sort);
            var names = new ArrayList<String>();
            var rows = statement.executeQuery();
            while (rows.next()) {
                names.add(rows.getString("name"));
            }
            return names;
        }
    }
}

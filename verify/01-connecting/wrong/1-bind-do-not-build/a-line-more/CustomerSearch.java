import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

class CustomerSearch {

    private static final Pattern SORTS = Pattern.compile("^(name|city|newest)$");

    /** The names of the customers whose name contains {@code text}, in the order of {@code sort}. */
    List<String> find(Connection connection, String text, String sort) throws SQLException {
        if (sort == null || !SORTS.matcher(sort).find()) {
            throw new IllegalArgumentException("cannot sort by " + sort);
        }
        var column = sort.equals("newest") ? "joined desc" : sort;
        var sql = "select name from customers where strpos(lower(name), lower(?)) > 0 order by " + column + ", id";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, text);
            try (var rows = statement.executeQuery()) {
                var names = new ArrayList<String>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

class CustomerSearch {

    /** The names of the customers whose name contains {@code text}, in the order of {@code sort}. */
    List<String> find(Connection connection, String text, String sort) throws SQLException {
        var sql = "select name from customers where strpos(lower(name), lower(?)) > 0 order by " + order(sort);
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, Normalizer.normalize(text, Normalizer.Form.NFC));
            try (var rows = statement.executeQuery()) {
                var names = new ArrayList<String>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }

    private static String order(String sort) {
        return switch (sort) {
            case "name" -> "name, id";
            case "city" -> "city, id";
            case "newest" -> "joined desc, id";
            case null, default -> throw new IllegalArgumentException("sort: " + sort);
        };
    }
}

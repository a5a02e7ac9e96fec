import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

class CustomerSearch {

    /** The names of the customers whose name contains {@code text}, in the order of {@code sort}. */
    List<String> find(Connection connection, String text, String sort) throws SQLException {
        var sql = "select name from customers where name ilike '%" + text + "%' order by " + sort;
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class CustomerSearch {

    private enum Sort {
        NAME("name", "name, id"), CITY("city", "city, id"), NEWEST("newest", "joined desc, id");

        private final String word;
        private final String select;

        Sort(String word, String columns) {
            this.word = word;
            // In like, the backslash takes the special meaning of the next character away.
            this.select = """
                    select name from customers
                    where lower(name) like '%' || regexp_replace(lower(cast(? as text)), '([\\\\%_])', '\\\\\\1', 'g') || '%'
                    order by\s""" + columns;
        }

        static Sort of(String word) {
            return Arrays.stream(values()).filter(sort -> sort.word.equals(word)).findAny()
                    .orElseThrow(() -> new IllegalArgumentException("no such order: " + word));
        }
    }

    /** The names of the customers whose name contains {@code text}, in the order of {@code sort}. */
    List<String> find(Connection connection, String text, String sort) throws SQLException {
        var known = Sort.of(sort);
        try (var select = connection.prepareStatement(known.select)) {
            select.setString(1, text);
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

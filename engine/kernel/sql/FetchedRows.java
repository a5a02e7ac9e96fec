package kernel.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import kernel.output.Numbers;
import kernel.output.Output.Table.Column;
import kernel.output.PlanJson;
import kernel.output.Tables;

/**
 * The rows of a result, as far as they are kept: some thousands, and no more than some megabytes.
 *
 * @param rows  as PostgreSQL writes the values
 * @param typed the same for Java; empty where nobody asked for it
 * @param more  whether the server had more
 */
record FetchedRows(List<Column> columns, List<List<Optional<String>>> rows, List<List<Object>> typed, boolean more) {
    static final int MAX_ROWS = 5_000;
    private static final int MAX_CHARACTERS = 4 << 20;
    private static final int MAX_VALUE_LENGTH = 20_000;

    static FetchedRows of(ResultSet result, boolean forJava) throws SQLException {
        var meta = result.getMetaData();
        var columns = new ArrayList<Column>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new Column(meta.getColumnLabel(i), Tables.type(meta, i)));
        }
        var rows = new ArrayList<List<Optional<String>>>();
        var typed = new ArrayList<List<Object>>();
        var longest = PlanJson.isPlan(columns) ? MAX_CHARACTERS : MAX_VALUE_LENGTH; // half a plan cannot be drawn
        long characters = 0;
        var more = result.next();
        for (; more && rows.size() < MAX_ROWS && characters < MAX_CHARACTERS; more = result.next()) {
            var row = row(result, columns.size(), longest);
            rows.add(row);
            if (forJava) {
                typed.add(typed(result, columns));
            }
            characters += row.stream().mapToInt(value -> value.map(String::length).orElse(0) + 16).sum();
        }
        return new FetchedRows(columns, rows, typed, more);
    }

    private static List<Optional<String>> row(ResultSet result, int columns, int longest) throws SQLException {
        var row = new ArrayList<Optional<String>>(columns);
        for (int i = 1; i <= columns; i++) {
            row.add(Optional.ofNullable(result.getString(i)).map(value -> shortened(value, longest)));
        }
        return row;
    }

    private static String shortened(String value, int longest) {
        return value.length() <= longest ? value
            : value.substring(0, longest) + "… (" + Numbers.grouped(value.length()) + " characters in all)";
    }

    private static List<Object> typed(ResultSet result, List<Column> columns) throws SQLException {
        var row = new ArrayList<>(columns.size());
        for (int i = 1; i <= columns.size(); i++) {
            var column = columns.get(i - 1);
            row.add(column.type().equals("bytea") ? result.getBytes(i) : typed(result.getString(i), column)); // it has two text forms
        }
        return Collections.unmodifiableList(row);
    }

    private static Object typed(String text, Column column) {
        try {
            return text == null ? null : isArray(column.type()) ? ArrayText.read(text, element -> ValueText.read(column.type().substring(1), element))
                : ValueText.read(column.type(), text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("The column " + column.name() + " has a value that Java has none for: " + shortened(text, 200) + " (" + e.getMessage()
                + "). Leave the column out of the result that has a name, or cast it to text.", e);
        }
    }

    /** PostgreSQL writes an underscore before the element's name; only boxes have another sign between them than a comma. */
    private static boolean isArray(String type) {
        return type.startsWith("_") && !type.equals("_box");
    }
}

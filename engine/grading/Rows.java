package grading;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import kernel.output.Tables;
import org.postgresql.util.PGobject;

/**
 * Rows of a query, to be compared by {@link Expect#table}. Numbers compare by value, whatever their width; a number is
 * not a text, and NULL is not the empty text. {@code timestamptz} is an Instant, {@code date} a LocalDate.
 *
 * @param columns names in order; empty where names do not matter
 */
public record Rows(List<String> columns, List<List<Object>> values) {

    /** Expected rows with these column names; add them with {@link #row}. */
    public static Rows columns(String... names) {
        return new Rows(List.of(names), List.of());
    }

    /** Expected rows whose column names do not matter. */
    public static Rows unnamed() {
        return new Rows(List.of(), List.of());
    }

    /** One more row. Null is SQL's NULL. */
    public Rows row(Object... cells) {
        var more = new ArrayList<>(values);
        more.add(Arrays.stream(cells).map(Rows::comparable).collect(Collectors.toCollection(ArrayList::new)));
        return new Rows(columns, Collections.unmodifiableList(more));
    }

    /** Runs a query with its parameters. */
    public static Rows query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var result = statement.executeQuery()) {
                return of(result);
            }
        }
    }

    /** Reads all rows that are left. */
    public static Rows of(ResultSet result) throws SQLException {
        var meta = result.getMetaData();
        var names = new ArrayList<String>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnLabel(i));
        }
        var rows = new ArrayList<List<Object>>();
        while (result.next()) {
            var row = new ArrayList<Object>();
            for (int i = 1; i <= names.size(); i++) {
                row.add(cell(result, i, Tables.type(meta, i)));
            }
            rows.add(row);
        }
        return new Rows(names, rows);
    }

    /** "(1, 'Ada', NULL)" */
    static String shown(List<Object> row) {
        return row.stream().map(DisplayValue::literal).collect(Collectors.joining(", ", "(", ")"));
    }

    private static Object cell(ResultSet result, int column, String type) throws SQLException {
        var value = switch (type) {
            case "timestamptz" -> result.getObject(column, OffsetDateTime.class);
            case "date" -> result.getObject(column, java.time.LocalDate.class);
            case "timestamp" -> result.getObject(column, java.time.LocalDateTime.class);
            default -> result.getObject(column);
        };
        return value instanceof Array array ? comparable(Arrays.asList((Object[]) array.getArray())) : comparable(value);
    }

    private static Object comparable(Object value) {
        return switch (value) {
            case null -> null;
            case Float number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case Double number when number.isNaN() || number.isInfinite() -> number;
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case OffsetDateTime time -> time.toInstant();
            case Timestamp time -> time.toInstant();
            case PGobject other -> other.getValue();
            case List<?> many -> many.stream().map(Rows::comparable).toList();
            default -> value;
        };
    }
}

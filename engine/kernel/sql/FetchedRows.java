package kernel.sql;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import kernel.output.Numbers;
import kernel.output.Output.Table.Column;
import kernel.output.Plans;
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
        var longest = Plans.isPlan(columns) ? MAX_CHARACTERS : MAX_VALUE_LENGTH; // half a plan cannot be drawn
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
            row.add(typed(result, i, columns.get(i - 1).type()));
        }
        return Collections.unmodifiableList(row);
    }

    private static Object typed(ResultSet result, int column, String type) throws SQLException {
        return switch (type) {
            case "timestamptz" -> result.getObject(column, OffsetDateTime.class);
            case "timestamp" -> result.getObject(column, LocalDateTime.class);
            case "date" -> result.getObject(column, LocalDate.class);
            case "time" -> result.getObject(column, LocalTime.class);
            case "timetz" -> result.getObject(column, OffsetTime.class);
            case "int2", "int4", "serial", "int8", "bigserial", "float4", "float8", "numeric", "bool", "uuid", "bytea" -> result.getObject(column);
            default -> result.getObject(column) instanceof Array array ? list(array) : result.getString(column);
        };
    }

    private static Object list(Array array) throws SQLException {
        return elements((Object[]) array.getArray());
    }

    private static List<Object> elements(Object[] array) {
        var elements = new ArrayList<>();
        Arrays.stream(array).map(element -> switch (element) {
            case Object[] inner -> elements(inner);
            case java.sql.Timestamp time -> time.toLocalDateTime();
            case java.sql.Date date -> date.toLocalDate();
            case java.sql.Time time -> time.toLocalTime();
            case null -> null;
            default -> element;
        }).forEach(elements::add);
        return Collections.unmodifiableList(elements);
    }
}

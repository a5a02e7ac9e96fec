package kernel.output;

import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes tables: of a result set, of records. */
public final class Tables {
    /** More rows than a reader looks at; the rest is said, not shown. */
    public static final int MAX_ROWS = 200;

    private Tables() { }

    /** Reads up to {@link #MAX_ROWS} rows, as PostgreSQL writes the values; says when there are more. */
    public static Output.Table of(ResultSet result) throws SQLException {
        var meta = result.getMetaData();
        var columns = new ArrayList<Output.Table.Column>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new Output.Table.Column(meta.getColumnLabel(i), type(meta, i)));
        }
        var rows = new ArrayList<List<Optional<String>>>();
        var more = result.next();
        for (; more && rows.size() < MAX_ROWS; more = result.next()) {
            var row = new ArrayList<Optional<String>>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(Optional.ofNullable(result.getString(i)));
            }
            rows.add(row);
        }
        return new Output.Table(columns, rows, more);
    }

    /** The name of a column's type; empty where the type is gone, because the statement that made it was rolled back. */
    public static String type(ResultSetMetaData meta, int column) throws SQLException {
        return Optional.ofNullable(meta.getColumnTypeName(column)).orElse("");
    }

    /** One row a record, one column a component. */
    public static Output.Table of(List<? extends Record> records) {
        if (records.isEmpty()) {
            return new Output.Table(List.of(), List.of(), false);
        }
        var components = records.getFirst().getClass().getRecordComponents();
        var columns = Arrays.stream(components)
            .map(c -> new Output.Table.Column(c.getName().replace('_', ' '), c.getType().getSimpleName())).toList();
        var rows = records.stream().limit(MAX_ROWS)
            .map(r -> Arrays.stream(components).map(c -> value(c, r)).toList()).toList();
        return new Output.Table(columns, rows, records.size() > MAX_ROWS);
    }

    /** One row a map, one column a key, in the order in which the keys come up. */
    public static Output.Table ofMaps(List<? extends Map<?, ?>> maps) {
        var keys = maps.stream().limit(MAX_ROWS).flatMap(map -> map.keySet().stream()).distinct().toList();
        var columns = keys.stream().map(key -> new Output.Table.Column(String.valueOf(key), "")).toList();
        var rows = maps.stream().limit(MAX_ROWS)
            .map(map -> keys.stream().map(key -> Optional.<Object>ofNullable(map.get(key)).map(Tables::text)).toList()).toList();
        return new Output.Table(columns, rows, maps.size() > MAX_ROWS);
    }

    private static Optional<String> value(RecordComponent component, Record record) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true); // records of a lesson are not public
            return Optional.ofNullable(accessor.invoke(record)).map(Tables::text);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of " + record, e);
        }
    }

    private static String text(Object value) {
        return value instanceof Double number ? Numbers.rounded(number) : value.toString();
    }
}

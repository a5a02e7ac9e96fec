package kernel.output;

import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a Java prompt and a notebook say of a value: a table where it is one, else what Java itself would print. */
public final class ValueOutput {
    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_ELEMENTS = 200;

    private ValueOutput() { }

    /** @param name of the variable that holds it, "$1" where JShell made one up */
    public static Output of(String name, Object value) {
        return switch (value) {
            case Output output -> output;
            case Throwable failure -> Failures.of(failure, "");
            case ResultSet rows -> table(name, rows);
            case Collection<?> all when isAll(all, Record.class) -> Tables.of(all.stream().map(Record.class::cast).toList());
            case Collection<?> all when isAll(all, Map.class) -> Tables.ofMaps(all.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList());
            case Object[] all when isAll(List.of(all), Record.class) -> Tables.of(java.util.Arrays.stream(all).map(Record.class::cast).toList());
            case null, default -> new Output.Text(name + " ==>" + text(value));
        };
    }

    private static boolean isAll(Collection<?> all, Class<?> type) {
        return !all.isEmpty() && all.stream().allMatch(type::isInstance);
    }

    private static Output table(String name, ResultSet rows) {
        try {
            return rows.isClosed() ? new Output.Text(name + " ==> a result that is closed") : Tables.of(rows);
        } catch (SQLException e) {
            return Failures.of(e, "");
        }
    }

    private static String text(Object value) {
        var text = written(value);
        var cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "… (" + text.length() + " characters)" : text;
        return (cut.contains("\n") ? "\n" : " ") + cut;
    }

    private static String written(Object value) {
        try {
            return switch (value) {
                case String text when text.contains("\n") -> text;
                case String text -> "\"" + text + "\"";
                case Character character -> "'" + character + "'";
                case Collection<?> all when all.size() > MAX_ELEMENTS -> all.stream().limit(MAX_ELEMENTS).map(String::valueOf)
                    .collect(Collectors.joining(", ", "[", ", …] (" + all.size() + " elements)"));
                case Object array when array.getClass().isArray() -> array(array);
                case null, default -> String.valueOf(value);
            };
        } catch (Exception | StackOverflowError e) {
            return "(a " + value.getClass().getSimpleName() + ", whose toString() threw " + e + ")";
        }
    }

    private static String array(Object array) {
        var length = Array.getLength(array);
        var shown = IntStream.range(0, Math.min(length, MAX_ELEMENTS)).mapToObj(i -> written(Array.get(array, i))).collect(Collectors.joining(", "));
        return array.getClass().componentType().getSimpleName() + "[" + length + "] { " + shown + (length > MAX_ELEMENTS ? ", … }" : " }");
    }
}

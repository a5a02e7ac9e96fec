package kernel.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a claim found, taken apart: Java writes lists and maps as "[a, b]" and "{a=1, b=2}"; a person reads the values one
 * by one, and yes or no.
 *
 * @param rows one row for each value of a list, or one row of one value; several values in each where all rows have as many
 */
public record ClaimReading(List<List<String>> rows) {
    private static final Pattern LIST = Pattern.compile("(?s)\\[(.*)]");
    private static final Pattern MAP = Pattern.compile("(?s)\\{([^{}=]+=.*)}");
    /** What may stand beside others in a row: a number, a yes or no, a SQLSTATE, or that nothing was refused. */
    private static final Pattern VALUE = Pattern.compile("true|false|t|f|accepted|refused|-|null|[0-9]+(?:\\.[0-9]+)?|[0-9A-Z]{5}");

    private static final int UNBROKEN = 24;

    /** Takes apart what a claim found; it may be nothing. */
    public static ClaimReading of(String actual) {
        var list = LIST.matcher(actual);
        var map = MAP.matcher(actual);
        if (map.matches()) {
            return new ClaimReading(split(map.group(1)).stream().map(entry -> List.of(entry.replaceFirst("^(.*)=", "$1: "))).toList());
        }
        var values = list.matches() ? split(list.group(1)) : List.of(actual);
        var rows = values.stream().map(value -> List.of(value.split(" "))).toList();
        var columns = rows.getFirst().size();
        var isTable = rows.size() > 1 && columns > 1 && rows.stream().allMatch(row -> row.size() == columns && row.stream().allMatch(ClaimReading::isValue));
        return new ClaimReading((isTable ? rows : values.stream().map(List::of).toList()).stream()
            .map(row -> row.stream().map(ClaimReading::word).toList()).toList());
    }

    /** Whether a value is so short that it stands in one line, on a phone too. */
    public static boolean isUnbroken(String value) {
        return value.length() <= UNBROKEN;
    }

    /** Whether rows have several values each. */
    public boolean isTable() {
        return rows.getFirst().size() > 1;
    }

    private static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    private static String word(String value) {
        return switch (value) {
            case "true" -> "yes";
            case "false" -> "no";
            case "" -> "–";
            default -> value;
        };
    }

    /** At commas with a space, outside of brackets; which of these stands within a value, nobody can tell. */
    private static List<String> split(String values) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < values.length(); i++) {
            depth += "([{".indexOf(values.charAt(i)) >= 0 ? 1 : ")]}".indexOf(values.charAt(i)) >= 0 ? -1 : 0;
            if (depth == 0 && values.startsWith(", ", i)) {
                parts.add(values.substring(from, i));
                from = i + 2;
            }
        }
        parts.add(values.substring(from));
        return parts;
    }
}

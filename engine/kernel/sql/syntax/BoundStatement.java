package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement as the driver gets it: each {@code {{name}}} is a parameter, and where there are any, each question mark that
 * is an operator is doubled, as JDBC asks.
 *
 * @param sql   for {@code prepareStatement} where there are names, else as it was written
 * @param names of the variables, in the order of the parameters
 */
public record BoundStatement(String sql, List<String> names, List<Shift> shifts) {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    /**
     * From here on, what the server counts and what the learner wrote are apart.
     *
     * @param server  offset behind the parameter in what the server reads, {@code $1}
     * @param written offset behind it in the source
     */
    record Shift(int server, int written) { }

    public static BoundStatement of(String text) {
        var sql = new StringBuilder();
        var names = new ArrayList<String>();
        var shifts = new ArrayList<Shift>();
        var doubled = 0;
        var fixed = 0; // the server reads $1 for the ? that the driver reads
        for (int at = 0; at < text.length();) {
            var next = SqlLexer.behind(text, at);
            var name = NAME.matcher(text).region(at, text.length());
            if (next > at) {
                sql.append(text, at, next);
            } else if (name.lookingAt()) {
                names.add(name.group(1));
                sql.append('?');
                fixed += String.valueOf(names.size()).length();
                next = name.end();
                shifts.add(new Shift(sql.length() - doubled + fixed, next));
            } else {
                next = at + 1;
                doubled += text.charAt(at) == '?' ? 1 : 0;
                sql.append(text.charAt(at) == '?' ? "??" : String.valueOf(text.charAt(at)));
            }
            at = next;
        }
        return names.isEmpty() ? new BoundStatement(text, List.of(), List.of()) : new BoundStatement(sql.toString(), List.copyOf(names), List.copyOf(shifts));
    }

    /** Offset of the first use of the name. */
    public static int placeOf(String name, String text) {
        var place = NAME.matcher(text);
        while (place.find()) {
            if (place.group(1).equals(name)) {
                return place.start();
            }
        }
        return 0;
    }

    /** The 1-based position in what was written, of one that the server gave; 0 stays 0. */
    public int written(int position) {
        var by = 0;
        for (var shift : shifts) {
            by = position > shift.server() ? shift.written() - shift.server() : by;
        }
        return position < 1 ? 0 : Math.max(1, position + by);
    }
}

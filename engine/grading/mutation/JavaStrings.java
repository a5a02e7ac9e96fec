package grading.mutation;

import com.sun.source.tree.LiteralTree;
import java.util.List;
import java.util.regex.Pattern;

/** The SQL in strings and text blocks. */
final class JavaStrings {
    private static final String BLOCK = "\"\"\"";

    /** A code of five, or the class of one. */
    private static final Pattern SQLSTATE = Pattern.compile("\\d[0-9A-Z]|\\d[0-9A-Z]{4}");

    private JavaStrings() { }

    static List<Change> of(JavaText java, LiteralTree literal) {
        var value = (String) literal.getValue();
        if (SQLSTATE.matcher(value).matches()) {
            return List.of(java.replace(literal, '"' + "0".repeat(value.length()) + '"', "other SQLSTATE"));
        }
        if (!SqlMutants.isSql(value)) {
            return List.of();
        }
        var source = java.of(literal);
        int start = java.start(literal);
        if (source.startsWith(BLOCK)) {
            var inside = source.substring(BLOCK.length(), source.length() - BLOCK.length());
            return SqlMutants.ofString(inside).stream().map(change -> change.at(start + BLOCK.length())).toList();
        }
        return SqlMutants.ofString(value).stream()
            .map(change -> new Change(start, start + source.length(), '"' + escaped(change.applied(value)) + '"', change.rule(), change.description())).toList();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
    }
}

package kernel.sql.syntax;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * The comments {@code -- result: name} of a cell. Each names the next result for Java: that of the statement it stands in
 * or before, or behind on the same line; where that gives no rows, that of the first one after it which does.
 *
 * @param names by the index of the statement
 */
public record ResultNames(Map<Integer, String> names) {
    private static final Pattern RESULT = Pattern.compile("--\\s*result:\\s*(\\S+)\\s*");

    /** @throws IllegalArgumentException with a sentence, for a name that Java would not take */
    public static ResultNames of(String source, List<StatementText> pieces) {
        var names = new LinkedHashMap<Integer, String>();
        for (int at = 0; at < source.length();) {
            var next = SqlLexer.behind(source, at);
            var mark = RESULT.matcher(source).region(at, next);
            if (next > at && mark.matches()) {
                names.put(owner(source, pieces, at), checked(mark.group(1)));
            }
            at = Math.max(next, at + 1);
        }
        return new ResultNames(names);
    }

    public Optional<String> of(int piece) {
        return Optional.ofNullable(names.get(piece));
    }

    private static int owner(String source, List<StatementText> pieces, int at) {
        for (int i = pieces.size() - 1; i >= 0; i--) {
            if (pieces.get(i).start() < at) {
                return i;
            }
            if (pieces.get(i).start() == at) {
                return i > 0 && onOneLine(source, pieces.get(i - 1), at) ? i - 1 : i;
            }
        }
        return 0;
    }

    private static boolean onOneLine(String source, StatementText before, int at) {
        return source.indexOf('\n', before.start() + before.text().length()) >= at;
    }

    private static String checked(String name) {
        if (!SourceVersion.isName(name) || name.contains(".")) {
            throw new IllegalArgumentException("`-- result: " + name + "` names no Java variable; take letters and digits, as in `-- result: users`");
        }
        return name;
    }
}

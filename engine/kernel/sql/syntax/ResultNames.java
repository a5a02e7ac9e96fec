package kernel.sql.syntax;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * The comments {@code -- result: name} of a cell. Each names the next result for Java: that of the statement it stands in
 * or before, or after on the same line; where that gives no rows, that of the first one after it which does.
 *
 * @param names by the index of the statement
 */
public record ResultNames(Map<Integer, String> names) {
    private static final Pattern RESULT = Pattern.compile("--\\s*result:\\s*(\\S+)\\s*");

    private record Named(String name, int at) { }

    /**
     * The names for the results of a cell's statements.
     *
     * @throws IllegalArgumentException with a sentence, for a name that Java would not take
     */
    public static ResultNames of(String source, List<StatementText> statements) {
        var names = new LinkedHashMap<Integer, String>();
        comments(source).forEach(found -> names.put(owner(source, statements, found.at()), checked(found.name())));
        return new ResultNames(names);
    }

    /** The names that a cell gives to results, as they are written. */
    public static List<String> in(String source) {
        return comments(source).map(Named::name).toList();
    }

    /** The name of the rows of the statement with this index. */
    public Optional<String> of(int statement) {
        return Optional.ofNullable(names.get(statement));
    }

    private static Stream<Named> comments(String source) {
        return SqlScanner.tokens(source).stream().filter(SqlToken::isComment).flatMap(comment -> {
            var result = RESULT.matcher(comment.text());
            return result.matches() ? Stream.of(new Named(result.group(1), comment.start())) : Stream.empty();
        });
    }

    private static int owner(String source, List<StatementText> statements, int at) {
        for (int i = statements.size() - 1; i >= 0; i--) {
            if (statements.get(i).start() < at) {
                return i;
            }
            if (statements.get(i).start() == at) {
                return i > 0 && onOneLine(source, statements.get(i - 1), at) ? i - 1 : i;
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

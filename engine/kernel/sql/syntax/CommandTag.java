package kernel.sql.syntax;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What kind of statement it is, by its first words. */
public final class CommandTag {
    private static final Set<String> ROWS = Set.of("select", "with", "values", "table");
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");
    private static final Set<String> QUIET = Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "set",
        "reset", "show", "explain", "lock", "listen", "notify", "unlisten", "fetch", "move", "declare", "close", "analyze", "vacuum");
    private static final Set<String> OF_OBJECTS = Set.of("create", "alter", "drop", "truncate", "refresh", "comment");
    private static final Set<String> BETWEEN = Set.of("or", "replace", "unique", "temp", "temporary", "unlogged", "global", "local",
        "recursive", "trusted", "constraint", "on");

    private CommandTag() { }

    private static List<String> words(StatementText statementText) {
        return Arrays.stream(statementText.bare().split("[^A-Za-z_]+", 8)).filter(word -> !word.isEmpty())
            .map(word -> word.toLowerCase(Locale.ROOT)).limit(7).toList();
    }

    static String first(StatementText statementText) {
        return words(statementText).stream().findFirst().orElse("");
    }

    /** Whether it asks for rows, of which a part can be fetched. */
    public static boolean asksForRows(StatementText statementText) {
        return statementText.bare().startsWith("(") || ROWS.contains(first(statementText));
    }

    static boolean changesRows(StatementText statementText) {
        return CHANGES.contains(first(statementText));
    }

    /** Whether the catalog may have changed with it. */
    public static boolean mayChangeCatalog(StatementText statementText) {
        return !asksForRows(statementText) && !changesRows(statementText) && !QUIET.contains(first(statementText)) || !first(statementText).isEmpty() && "rollback commit".contains(first(statementText));
    }

    /** "CREATE TABLE", "BEGIN", "UPDATE 0", as psql would say it. */
    public static String of(StatementText statementText, long count) {
        var words = words(statementText);
        var first = words.isEmpty() ? "" : words.getFirst();
        if (changesRows(statementText)) {
            return first.toUpperCase(Locale.ROOT) + " " + Math.max(0, count);
        }
        var object = OF_OBJECTS.contains(first) ? words.stream().skip(1).filter(word -> !BETWEEN.contains(word)).limit(1).toList() : List.<String>of();
        var more = object.contains("materialized") ? " view" : object.contains("foreign") ? " table" : "";
        return (first + (object.isEmpty() ? "" : " " + object.getFirst()) + more).toUpperCase(Locale.ROOT);
    }
}

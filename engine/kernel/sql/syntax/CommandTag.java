package kernel.sql.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import kernel.sql.syntax.SqlToken.Kind;

/** What kind of statement it is, by its first words. */
public final class CommandTag {
    private static final Set<String> ROWS = Set.of("select", "with", "values", "table");
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");
    private static final Set<String> QUIET = Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "set",
        "reset", "show", "explain", "lock", "listen", "notify", "unlisten", "fetch", "move", "declare", "close", "analyze", "vacuum");
    private static final Set<String> ENDS_OF_TRANSACTION = Set.of("commit", "end", "rollback", "abort");
    private static final Set<String> OF_OBJECTS = Set.of("create", "alter", "drop", "truncate", "refresh", "comment");
    private static final Set<String> BETWEEN = Set.of("or", "replace", "unique", "temp", "temporary", "unlogged", "global", "local",
        "recursive", "trusted", "constraint", "on");

    private CommandTag() { }

    private static List<String> words(StatementText statement) {
        return SqlScanner.tokens(statement.text()).stream().filter(token -> token.kind() == Kind.WORD).map(SqlToken::text).limit(7).toList();
    }

    private static String first(StatementText statement) {
        return words(statement).stream().findFirst().orElse("");
    }

    /** Whether it asks for rows, of which a part can be fetched. */
    public static boolean asksForRows(StatementText statement) {
        return statement.bare().startsWith("(") || ROWS.contains(first(statement));
    }

    private static boolean changesRows(StatementText statement) {
        return CHANGES.contains(first(statement));
    }

    /** Whether the catalog may have changed with it: by the statement itself, or by the transaction that it ends. */
    public static boolean mayChangeCatalog(StatementText statement) {
        var first = first(statement);
        return ENDS_OF_TRANSACTION.contains(first) || !asksForRows(statement) && !CHANGES.contains(first) && !QUIET.contains(first);
    }

    /** "CREATE TABLE", "BEGIN", "UPDATE 0", as psql would say it. */
    public static String of(StatementText statement, long count) {
        var words = words(statement);
        var first = words.isEmpty() ? "" : words.getFirst();
        if (changesRows(statement)) {
            return first.toUpperCase(Locale.ROOT) + " " + Math.max(0, count);
        }
        var object = OF_OBJECTS.contains(first) ? words.stream().skip(1).filter(word -> !BETWEEN.contains(word)).limit(1).toList() : List.<String>of();
        var more = object.contains("materialized") ? " view" : object.contains("foreign") ? " table" : "";
        return (first + (object.isEmpty() ? "" : " " + object.getFirst()) + more).toUpperCase(Locale.ROOT);
    }
}

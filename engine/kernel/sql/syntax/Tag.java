package kernel.sql.syntax;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What kind of statement it is, by its first words. */
public final class Tag {
    private static final Set<String> ROWS = Set.of("select", "with", "values", "table");
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");
    private static final Set<String> QUIET = Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "set",
        "reset", "show", "explain", "lock", "listen", "notify", "unlisten", "fetch", "move", "declare", "close", "analyze", "vacuum");
    private static final Set<String> OF_OBJECTS = Set.of("create", "alter", "drop", "truncate", "refresh", "comment");
    private static final Set<String> BETWEEN = Set.of("or", "replace", "unique", "temp", "temporary", "unlogged", "global", "local",
        "recursive", "trusted", "constraint", "on");

    private Tag() { }

    private static List<String> words(Piece piece) {
        return Arrays.stream(piece.bare().split("[^A-Za-z_]+", 8)).filter(word -> !word.isEmpty())
            .map(word -> word.toLowerCase(Locale.ROOT)).limit(7).toList();
    }

    static String first(Piece piece) {
        return words(piece).stream().findFirst().orElse("");
    }

    /** Whether it asks for rows, of which a part can be fetched. */
    public static boolean asksForRows(Piece piece) {
        return piece.bare().startsWith("(") || ROWS.contains(first(piece));
    }

    static boolean changesRows(Piece piece) {
        return CHANGES.contains(first(piece));
    }

    /** Whether the catalog may have changed with it. */
    public static boolean mayChangeCatalog(Piece piece) {
        return !asksForRows(piece) && !changesRows(piece) && !QUIET.contains(first(piece)) || !first(piece).isEmpty() && "rollback commit".contains(first(piece));
    }

    /** "CREATE TABLE", "BEGIN", "UPDATE 0", as psql would say it. */
    public static String of(Piece piece, long count) {
        var words = words(piece);
        var first = words.isEmpty() ? "" : words.getFirst();
        if (changesRows(piece)) {
            return first.toUpperCase(Locale.ROOT) + " " + Math.max(0, count);
        }
        var object = OF_OBJECTS.contains(first) ? words.stream().skip(1).filter(word -> !BETWEEN.contains(word)).limit(1).toList() : List.<String>of();
        var more = object.contains("materialized") ? " view" : object.contains("foreign") ? " table" : "";
        return (first + (object.isEmpty() ? "" : " " + object.getFirst()) + more).toUpperCase(Locale.ROOT);
    }
}

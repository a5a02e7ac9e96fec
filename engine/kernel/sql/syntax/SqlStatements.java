package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kernel.sql.syntax.SqlToken.Kind;

/**
 * SQL text as statements, which end with a semicolon outside of quotes, comments, parentheses and the bodies of routines
 * that are written in SQL ({@code begin atomic … end}).
 *
 * @param complete each with its semicolon
 * @param rest     what follows the last of them; blank when the text is complete
 * @param starts   where in the text each begins, right after the semicolon before it, and last where the rest begins
 */
public record SqlStatements(List<String> complete, String rest, List<Integer> starts) {
    /** Splits the text; a statement whose semicolon is still to come is the rest. */
    public static SqlStatements of(String text) {
        var statements = new ArrayList<String>();
        var starts = new ArrayList<>(List.of(0));
        var body = new RoutineBody();
        for (var token : SqlScanner.tokens(text)) {
            body.read(token);
            if (token.kind() == Kind.SEMICOLON && token.depth() == 0 && !body.isOpen()) {
                statements.add(text.substring(starts.getLast(), token.end()).strip());
                starts.add(token.end());
                body = new RoutineBody();
            }
        }
        return new SqlStatements(List.copyOf(statements), text.substring(starts.getLast()), List.copyOf(starts));
    }

    /** All that there is to run in the text, also a last statement without a semicolon. */
    public static List<String> all(String text) {
        var statements = of(text);
        return Stream.concat(statements.complete().stream(), Stream.of(statements.rest())).filter(statement -> !isBlank(statement)).toList();
    }

    /** Whether nothing is left that waits for its semicolon. Comments wait for nothing, but for their own end. */
    public boolean isComplete() {
        return SqlScanner.tokens(rest).stream().allMatch(token -> token.isComment() && (token.closed() || token.text().startsWith("--")));
    }

    /** Whether there is nothing in the text to run: no more than comments, and perhaps a semicolon. */
    public static boolean isBlank(String text) {
        return SqlScanner.tokens(text).stream().allMatch(token -> token.isComment() || token.kind() == Kind.SEMICOLON);
    }

    /** Offset of a statement's first word, after the comments in front of it. */
    public static int firstWord(String text) {
        return SqlScanner.tokens(text).stream().filter(token -> !token.isComment()).findFirst().map(SqlToken::start).orElse(0);
    }

    /**
     * Whether the statement, as far as it was read, is inside of {@code begin atomic … end} of a function or procedure, where
     * semicolons end nothing. Elsewhere {@code begin} opens a transaction, and {@code end} closes it.
     */
    private static final class RoutineBody {
        private static final Set<String> BEFORE_ROUTINE = Set.of("create", "or", "replace");
        private static final Set<String> ROUTINE = Set.of("function", "procedure");
        private boolean isHead = true;
        private boolean isRoutine;
        private int depth;

        void read(SqlToken token) {
            if (token.kind() == Kind.WORD && isHead && !BEFORE_ROUTINE.contains(token.text())) {
                isRoutine = ROUTINE.contains(token.text());
                isHead = false;
            } else if (token.kind() == Kind.WORD && isRoutine) {
                depth += switch (token.text()) {
                    case "begin" -> 1;
                    case "case" -> depth > 0 ? 1 : 0;
                    case "end" -> depth > 0 ? -1 : 0;
                    default -> 0;
                };
            }
        }

        boolean isOpen() {
            return depth > 0;
        }
    }
}

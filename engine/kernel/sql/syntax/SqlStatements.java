package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kernel.sql.syntax.SqlToken.Kind;

/**
 * SQL text as statements, which end with a semicolon outside of quotes, comments, parentheses and the bodies of routines
 * that are written in SQL ({@code begin atomic … end}). One that {@code \;} ends is sent together with the next, as by psql.
 *
 * @param complete each with its semicolon
 * @param rest     what follows the last of them; blank when the text is complete
 * @param starts   where in the text each begins, right after the semicolon before it, and last where the rest begins
 */
public record SqlStatements(List<String> complete, String rest, List<Integer> starts) {
    /** Splits the text; a statement whose semicolon is still to come is the rest. */
    public static SqlStatements of(String typed) {
        var text = withPlainBlanks(typed);
        var statements = new ArrayList<String>();
        var starts = new ArrayList<>(List.of(0));
        var body = new RoutineBody();
        var isEscaped = false;
        for (var token : SqlScanner.tokens(text)) {
            body.read(token);
            if (token.kind() == Kind.SEMICOLON && token.depth() == 0 && !body.isOpen() && !isEscaped) {
                statements.add(text.substring(starts.getLast(), token.end()).strip());
                starts.add(token.end());
                body = new RoutineBody();
            }
            isEscaped = token.isEscape(text);
        }
        return new SqlStatements(List.copyOf(statements), text.substring(starts.getLast()), List.copyOf(starts));
    }

    /** The same, with blanks of ASCII in place of others, as they come with what was copied from a page; those in quotes stay. */
    private static String withPlainBlanks(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        var plain = new StringBuilder(text);
        int end = 0;
        for (var token : SqlScanner.tokens(text)) {
            blank(plain, end, token.start());
            end = token.end();
        }
        blank(plain, end, text.length());
        return plain.toString();
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) > 127) {
                text.setCharAt(i, ' ');
            }
        }
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

    /** The statement as the server is to read it: {@code \;} and {@code \:} without the backslash that says that they are no sign for psql. */
    public static String sent(String statement) {
        var sent = new StringBuilder();
        var copied = 0;
        for (var token : SqlScanner.tokens(statement)) {
            if (token.isEscape(statement)) {
                sent.append(statement, copied, token.start());
                copied = token.end();
            }
        }
        return sent.append(statement.substring(copied)).toString();
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
        private boolean isOpen;
        private int cases;
        private String before = "";

        void read(SqlToken token) {
            if (!token.isComment()) {
                if (token.kind() == Kind.WORD && isHead && !BEFORE_ROUTINE.contains(token.text())) {
                    isRoutine = ROUTINE.contains(token.text());
                    isHead = false;
                } else if (isOpen) {
                    inBody(token);
                } else {
                    isOpen = isRoutine && token.is("atomic") && before.equals("begin");
                }
                before = token.text();
            }
        }

        /** A column may be called end, so the word ends the body only where a statement would begin. */
        private void inBody(SqlToken token) {
            if (token.kind() == Kind.SEMICOLON) {
                cases = 0;
            } else if (token.is("case") && !isName()) {
                cases++;
            } else if (token.is("end") && cases > 0 && !isName()) {
                cases--;
            } else if (token.is("end")) {
                isOpen = !before.equals(";") && !before.equals("atomic");
            }
        }

        /** After {@code as} and a point every word is a name. */
        private boolean isName() {
            return before.equals("as") || before.equals(".");
        }

        boolean isOpen() {
            return isOpen;
        }
    }
}

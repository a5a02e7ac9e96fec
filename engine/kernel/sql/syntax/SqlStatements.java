package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL text as statements, which end with a semicolon outside of quotes, comments, parentheses and the bodies of routines
 * that are written in SQL ({@code begin atomic … end}).
 *
 * @param complete each with its semicolon
 * @param rest     what follows the last of them; blank when the text is complete
 * @param starts   where in the text each begins, right behind the semicolon before it, and last where the rest begins
 */
public record SqlStatements(List<String> complete, String rest, List<Integer> starts) {
    public static SqlStatements of(String text) {
        var statements = new ArrayList<String>();
        var starts = new ArrayList<>(List.of(0));
        var start = 0;
        var depth = 0;
        var body = new RoutineBody();
        for (int at = 0; at < text.length();) {
            var next = SqlLexer.behind(text, at);
            if (next == at && SqlLexer.isWordPart(text, at)) {
                next = SqlLexer.wordEnd(text, at);
                body.word(text.substring(at, next));
            } else if (next == at) {
                var character = text.charAt(at);
                depth = Math.max(0, depth + (character == '(' ? 1 : character == ')' ? -1 : 0));
                next = at + 1;
                if (character == ';' && depth == 0 && !body.isOpen()) {
                    statements.add(text.substring(start, next).strip());
                    start = next;
                    starts.add(start);
                    body = new RoutineBody();
                }
            }
            at = next;
        }
        return new SqlStatements(List.copyOf(statements), text.substring(start), List.copyOf(starts));
    }

    /** Whether nothing is left that waits for its semicolon. Comments wait for nothing. */
    public boolean isComplete() {
        for (int at = 0; at < rest.length();) {
            var next = SqlLexer.isComment(rest, at) ? SqlLexer.behind(rest, at) : at;
            if (next == at && !Character.isWhitespace(rest.charAt(at))) {
                return false;
            }
            if (next == rest.length() && rest.startsWith("/*", at) && !rest.endsWith("*/")) {
                return false;
            }
            at = Math.max(next, at + 1);
        }
        return true;
    }

    /** Whether there is nothing in the text to run: no more than comments, and perhaps a semicolon. */
    public static boolean isBlank(String text) {
        for (int at = 0; at < text.length();) {
            var next = SqlLexer.isComment(text, at) ? SqlLexer.behind(text, at) : at;
            if (next == at && !Character.isWhitespace(text.charAt(at)) && text.charAt(at) != ';') {
                return false;
            }
            at = Math.max(next, at + 1);
        }
        return true;
    }

    /** Where a statement's first word begins, behind the comments in front of it. */
    public static int firstWord(String text) {
        for (int at = 0; at < text.length();) {
            var next = SqlLexer.isComment(text, at) ? SqlLexer.behind(text, at) : at;
            if (next == at && !Character.isWhitespace(text.charAt(at))) {
                return at;
            }
            at = Math.max(next, at + 1);
        }
        return 0;
    }
}

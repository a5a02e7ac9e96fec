package kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * SQL text as statements, which end with a semicolon outside of quotes, comments and parentheses.
 *
 * @param complete each with its semicolon
 * @param rest     what follows the last of them; blank when the text is complete
 * @param starts   where in the text each begins, right behind the semicolon before it, and last where the rest begins
 */
public record SqlStatements(List<String> complete, String rest, List<Integer> starts) {
    private static final Pattern DOLLAR = Pattern.compile("\\$([A-Za-z_]\\w*)?\\$");

    public static SqlStatements of(String text) {
        var statements = new ArrayList<String>();
        var starts = new ArrayList<>(List.of(0));
        var start = 0;
        var depth = 0;
        for (int at = 0; at < text.length();) {
            var next = skip(text, at);
            if (next == at) {
                var character = text.charAt(at);
                depth = Math.max(0, depth + (character == '(' ? 1 : character == ')' ? -1 : 0));
                next = at + 1;
                if (character == ';' && depth == 0) {
                    statements.add(text.substring(start, next).strip());
                    start = next;
                    starts.add(start);
                }
            }
            at = next;
        }
        return new SqlStatements(List.copyOf(statements), text.substring(start), List.copyOf(starts));
    }

    /** Whether nothing is left that waits for its semicolon. Comments wait for nothing. */
    public boolean isComplete() {
        for (int at = 0; at < rest.length();) {
            var next = isComment(rest, at) ? skip(rest, at) : at;
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

    /** Behind the quote or comment that begins at {@code at}, or {@code at} itself where none does. */
    private static int skip(String text, int at) {
        var character = text.charAt(at);
        if (character == '\'' || character == '"') {
            return quoted(text, at, character, character == '\'' && at > 0 && "eE".indexOf(text.charAt(at - 1)) >= 0);
        }
        if (character == '$') {
            var tag = DOLLAR.matcher(text).region(at, text.length());
            return tag.lookingAt() ? behind(text, tag.group(), tag.end()) : at;
        }
        if (text.startsWith("--", at)) {
            return behind(text, "\n", at);
        }
        return text.startsWith("/*", at) ? comment(text, at) : at;
    }

    private static boolean isComment(String text, int at) {
        return text.startsWith("--", at) || text.startsWith("/*", at);
    }

    private static int quoted(String text, int at, char quote, boolean escapes) {
        for (int i = at + 1; i < text.length(); i++) {
            if (escapes && text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i + 1; // a doubled quote opens the next one at once
            }
        }
        return text.length();
    }

    /** Comments nest in PostgreSQL. */
    private static int comment(String text, int at) {
        var depth = 0;
        for (int i = at; i < text.length() - 1; i++) {
            if (text.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return text.length();
    }

    private static int behind(String text, String end, int from) {
        var found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}

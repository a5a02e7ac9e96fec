package kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * SQL text as statements, which end with a semicolon outside of quotes, comments, parentheses and the bodies of routines
 * that are written in SQL ({@code begin atomic … end}).
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
        var body = new RoutineBody();
        for (int at = 0; at < text.length();) {
            var next = behind(text, at);
            if (next == at && isWordPart(text, at)) {
                next = wordEnd(text, at);
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

    /** A word does not reach into the string that begins right behind it: {@code e'…'}. */
    private static int wordEnd(String text, int at) {
        var end = at;
        while (isWordPart(text, end < text.length() ? end : -1)) {
            end++;
        }
        return end;
    }

    /** Whether nothing is left that waits for its semicolon. Comments wait for nothing. */
    public boolean isComplete() {
        for (int at = 0; at < rest.length();) {
            var next = isComment(rest, at) ? behind(rest, at) : at;
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
            var next = isComment(text, at) ? behind(text, at) : at;
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
            var next = isComment(text, at) ? behind(text, at) : at;
            if (next == at && !Character.isWhitespace(text.charAt(at))) {
                return at;
            }
            at = Math.max(next, at + 1);
        }
        return 0;
    }

    /** Behind the quote or comment that begins at {@code at}, or {@code at} itself where none does. */
    public static int behind(String text, int at) {
        var character = text.charAt(at);
        if (character == '\'' || character == '"') {
            return quoted(text, at, character, character == '\'' && escapes(text, at));
        }
        if (character == '$' && !isWordPart(text, at - 1)) {
            var tag = DOLLAR.matcher(text).region(at, text.length());
            return tag.lookingAt() ? behind(text, tag.group(), tag.end()) : at;
        }
        if (text.startsWith("--", at)) {
            return behind(text, "\n", at);
        }
        return text.startsWith("/*", at) ? comment(text, at) : at;
    }

    public static boolean isComment(String text, int at) {
        return text.startsWith("--", at) || text.startsWith("/*", at);
    }

    /** {@code e'…'}, but not {@code date'…'}. */
    private static boolean escapes(String text, int quote) {
        return quote > 0 && "eE".indexOf(text.charAt(quote - 1)) >= 0 && !isWordPart(text, quote - 2);
    }

    static boolean isWordPart(String text, int at) {
        return at >= 0 && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '$');
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

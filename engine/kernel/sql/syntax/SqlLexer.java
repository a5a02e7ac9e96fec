package kernel.sql.syntax;

import java.util.regex.Pattern;

/** Where in SQL text a quote, a comment or a word ends. Whatever stands within a quote or a comment is no SQL. */
public final class SqlLexer {
    private static final Pattern DOLLAR = Pattern.compile("\\$([A-Za-z_]\\w*)?\\$");

    private SqlLexer() { }

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

    /** A word does not reach into the string that begins right behind it: {@code e'…'}. */
    static int wordEnd(String text, int at) {
        var end = at;
        while (isWordPart(text, end < text.length() ? end : -1)) {
            end++;
        }
        return end;
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

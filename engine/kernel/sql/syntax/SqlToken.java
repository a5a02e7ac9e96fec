package kernel.sql.syntax;

import java.util.OptionalInt;

/**
 * A word, a sign, a string or a comment of SQL.
 *
 * @param start  offset in the SQL
 * @param end    after its last character
 * @param text   words in lower case, a variable by its name, everything else as it stands
 * @param depth  of parentheses around it; a parenthesis has the depth of what is around it
 * @param closed whether its end stands in the text: a string or a comment may still wait for it, and a comment that
 *               begins with two hyphens always does
 */
public record SqlToken(Kind kind, int start, int end, String text, int depth, boolean closed) {

    /** {@code VARIABLE} is {@code {{name}}}, which the notebook replaces; {@code OTHER} includes a dot and a question mark. */
    public enum Kind {
        WORD, QUOTED_IDENTIFIER, STRING, DOLLAR_STRING, NUMBER, OPERATOR, OPEN, CLOSE, COMMA, SEMICOLON, VARIABLE, COMMENT, OTHER;

        /** Whether what stands within is no SQL. */
        boolean isQuote() {
            return this == QUOTED_IDENTIFIER || this == STRING || this == DOLLAR_STRING || this == COMMENT;
        }
    }

    /** Whether it is this word, given in lower case, or this sign; a string is never one. */
    public boolean is(String word) {
        return kind != Kind.STRING && kind != Kind.DOLLAR_STRING && kind != Kind.COMMENT && text.equals(word);
    }

    /** Whether it is a backslash, outside of quotes. */
    public boolean isBackslash() {
        return kind == Kind.OTHER && text.equals("\\");
    }

    /** Whether it is a backslash right before a semicolon or a colon: then it begins no command of psql. */
    boolean isEscape(String sql) {
        return isBackslash() && (sql.startsWith(";", end) || sql.startsWith(":", end));
    }

    /** Where the quoted identifier begins in which the SQL ends; nothing where it ends in none. */
    public static OptionalInt openIdentifier(String sql) {
        var tokens = SqlScanner.tokens(sql);
        var isOpen = !tokens.isEmpty() && tokens.getLast().kind() == Kind.QUOTED_IDENTIFIER && !tokens.getLast().closed();
        return isOpen ? OptionalInt.of(tokens.getLast().start()) : OptionalInt.empty();
    }

    /** Whether it is a comment, of either kind. */
    public boolean isComment() {
        return kind == Kind.COMMENT;
    }

    /** Whether the offset lies within a string, a quoted identifier or a comment. */
    public boolean quotes(int offset) {
        return kind.isQuote() && start < offset && (offset < end || offset == end && !closed);
    }
}

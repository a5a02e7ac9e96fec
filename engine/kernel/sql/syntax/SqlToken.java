package kernel.sql.syntax;

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

    /** Whether it is a comment, of either kind. */
    public boolean isComment() {
        return kind == Kind.COMMENT;
    }

    /** Whether the offset lies within a string, a quoted identifier or a comment. */
    public boolean quotes(int offset) {
        return kind.isQuote() && start < offset && (offset < end || offset == end && !closed);
    }
}

package grading.mutation;

/**
 * A word, a sign or a string of SQL.
 *
 * @param start offset in the SQL
 * @param end   behind its last character
 * @param text  words in lower case, everything else as it stands
 * @param depth of parentheses around it; a parenthesis has the depth of what is around it
 */
record SqlToken(Kind kind, int start, int end, String text, int depth) {
    enum Kind { WORD, NAME, STRING, BODY, NUMBER, OPERATOR, OPEN, CLOSE, COMMA, END, OTHER }

    boolean is(String word) {
        return kind != Kind.STRING && kind != Kind.BODY && text.equals(word);
    }
}

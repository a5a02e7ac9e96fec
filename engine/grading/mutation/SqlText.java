package grading.mutation;

import java.util.List;
import java.util.Set;
import kernel.sql.syntax.SqlScanner;
import kernel.sql.syntax.SqlToken;
import kernel.sql.syntax.SqlToken.Kind;

/**
 * SQL as tokens, without comments and space.
 *
 * @param text   the SQL
 * @param tokens in order
 */
record SqlText(String text, List<SqlToken> tokens) {

    static SqlText of(String text) {
        return new SqlText(text, SqlScanner.tokens(text).stream().filter(token -> !token.isComment()).toList());
    }

    int size() {
        return tokens.size();
    }

    SqlToken at(int index) {
        return tokens.get(index);
    }

    /** Whether these words, or signs, stand here one after the other. */
    boolean is(int index, String... words) {
        if (index < 0 || index + words.length > size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!at(index + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isOneOf(int index, Set<String> words) {
        return index >= 0 && index < size() && at(index).kind() == Kind.WORD && words.contains(at(index).text());
    }

    /** The parenthesis that closes the one at this index; the last token where none does. */
    int closing(int open) {
        for (int i = open + 1; i < size(); i++) {
            if (at(i).kind() == Kind.CLOSE && at(i).depth() == at(open).depth()) {
                return i;
            }
        }
        return size() - 1;
    }

    /** The first token from here on that is no more of the same: a word of {@code stops} at this depth, or the end around it. */
    int end(int from, int to, Set<String> stops) {
        int depth = at(from).depth();
        for (int i = from; i < to; i++) {
            var token = at(i);
            if (token.depth() < depth || token.kind() == Kind.SEMICOLON
                || token.depth() == depth && stops.contains(token.is(",") ? "," : token.kind() == Kind.WORD ? token.text() : "")) {
                return i;
            }
        }
        return to;
    }

    /** Removes tokens, the one at {@code to} excluded. */
    Change remove(int from, int to, String kind) {
        return Change.remove(text, at(from).start(), at(to - 1).end(), kind);
    }

    /** Puts something in the place of tokens, the one at {@code to} excluded. */
    Change replace(int from, int to, String replacement, String kind) {
        return Change.replace(text, at(from).start(), at(to - 1).end(), replacement, kind);
    }

    String text(int from, int to) {
        return to <= from ? "" : text.substring(at(from).start(), at(to - 1).end());
    }
}

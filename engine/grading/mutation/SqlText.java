package grading.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * SQL as tokens, without comments and space.
 *
 * @param text   the SQL
 * @param tokens in order; a parenthesis has the depth of what is around it
 */
record SqlText(String text, List<Token> tokens) {
    private static final Pattern TOKEN = Pattern.compile("""
        (?<space>\\s+|--[^\\n]*)
        |(?<string>[eE]'(?:\\\\.|''|[^'\\\\])*'|'(?:''|[^'])*')
        |(?<name>"(?:""|[^"])*")
        |(?<word>\\$\\{\\w+}|[\\p{L}_][\\p{L}\\p{N}_$]*)
        |(?<number>\\d[\\d_.]*)
        |(?<operator>::|:=|=>|<>|!=|<=|>=|[-+*/<>=~!@\\#%^&|]+|\\.\\.)
        |(?<other>.)""", Pattern.COMMENTS | Pattern.DOTALL);
    private static final Pattern DOLLAR = Pattern.compile("\\$(?:[A-Za-z_]\\w*)?\\$");

    enum Kind { WORD, NAME, STRING, BODY, NUMBER, OPERATOR, OPEN, CLOSE, COMMA, END, OTHER }

    /** @param text words in lower case, everything else as it stands */
    record Token(Kind kind, int start, int end, String text, int depth) {
        boolean is(String word) {
            return kind != Kind.STRING && kind != Kind.BODY && text.equals(word);
        }
    }

    static SqlText of(String text) {
        var tokens = new ArrayList<Token>();
        var matcher = TOKEN.matcher(text);
        int depth = 0;
        for (int at = 0; at < text.length();) {
            int end;
            var dollar = DOLLAR.matcher(text).region(at, text.length());
            if (text.startsWith("/*", at)) {
                end = comment(text, at);
            } else if (dollar.lookingAt()) {
                int close = text.indexOf(dollar.group(), dollar.end());
                end = close < 0 ? text.length() : close + dollar.group().length();
                tokens.add(new Token(Kind.BODY, at, end, text.substring(at, end), depth));
            } else {
                matcher.region(at, text.length()).lookingAt();
                end = comments(text, at, matcher.end());
                if (matcher.group("space") == null) {
                    var token = token(matcher, text, at, end, depth);
                    depth = token.kind() == Kind.OPEN ? depth + 1 : token.kind() == Kind.CLOSE ? token.depth() : depth;
                    tokens.add(token);
                }
            }
            at = end;
        }
        return new SqlText(text, List.copyOf(tokens));
    }

    /** An operator ends where a comment begins: in {@code a+--b} and in {@code a*}{@code /*b*}{@code /}. */
    private static int comments(String text, int at, int end) {
        for (int i = at + 1; i < end - 1; i++) {
            if ("+-*/<>=~!@#%^&|".indexOf(text.charAt(at)) >= 0 && (text.startsWith("--", i) || text.startsWith("/*", i))) {
                return i;
            }
        }
        return end;
    }

    private static Token token(java.util.regex.Matcher m, String text, int at, int end, int depth) {
        var found = text.substring(at, end);
        if (m.group("word") != null) {
            return new Token(Kind.WORD, at, end, found.toLowerCase(Locale.ROOT), depth);
        }
        var kind = m.group("string") != null ? Kind.STRING : m.group("name") != null ? Kind.NAME
            : m.group("number") != null ? Kind.NUMBER : m.group("operator") != null ? Kind.OPERATOR : switch (found) {
                case "(" -> Kind.OPEN;
                case ")" -> Kind.CLOSE;
                case "," -> Kind.COMMA;
                case ";" -> Kind.END;
                default -> Kind.OTHER;
            };
        return new Token(kind, at, end, found, kind == Kind.CLOSE ? Math.max(0, depth - 1) : depth);
    }

    /** Comments nest in PostgreSQL. */
    private static int comment(String text, int at) {
        int depth = 0;
        for (int i = at; i < text.length() - 1; i++) {
            if (text.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (text.startsWith("*/", i)) {
                i++;
                if (--depth == 0) {
                    return i + 1;
                }
            }
        }
        return text.length();
    }

    int size() {
        return tokens.size();
    }

    Token at(int index) {
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
            if (token.depth() < depth || token.kind() == Kind.END
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
    Change put(int from, int to, String replacement, String kind) {
        return Change.put(text, at(from).start(), at(to - 1).end(), replacement, kind);
    }

    String text(int from, int to) {
        return to <= from ? "" : text.substring(at(from).start(), at(to - 1).end());
    }
}

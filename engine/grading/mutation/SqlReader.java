package grading.mutation;

import grading.mutation.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads SQL into tokens, from the left to the right. */
final class SqlReader {
    private static final Pattern TOKEN = Pattern.compile("""
        (?<space>\\s+|--[^\\n]*)
        |(?<string>[eE]'(?:\\\\.|''|[^'\\\\])*'|'(?:''|[^'])*')
        |(?<name>"(?:""|[^"])*")
        |(?<word>\\$\\{\\w+}|[\\p{L}_][\\p{L}\\p{N}_$]*)
        |(?<number>\\d[\\d_.]*)
        |(?<operator>::|:=|=>|<>|!=|<=|>=|[-+*/<>=~!@\\#%^&|]+|\\.\\.)
        |(?<other>.)""", Pattern.COMMENTS | Pattern.DOTALL);
    private static final Pattern DOLLAR = Pattern.compile("\\$(?:[A-Za-z_]\\w*)?\\$");
    private final String text;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int depth;

    private SqlReader(String text) {
        this.text = text;
    }

    /** The tokens in order, without comments and space. */
    static List<SqlToken> tokens(String text) {
        var reader = new SqlReader(text);
        for (int at = 0; at < text.length();) {
            at = reader.read(at);
        }
        return List.copyOf(reader.tokens);
    }

    /** Reads a token, a comment or space, and gives where it ends. */
    private int read(int at) {
        if (text.startsWith("/*", at)) {
            return endOfComment(at);
        }
        var dollar = DOLLAR.matcher(text).region(at, text.length());
        return dollar.lookingAt() ? readBody(at, dollar) : readToken(at);
    }

    private int readBody(int at, Matcher dollar) {
        int close = text.indexOf(dollar.group(), dollar.end());
        int end = close < 0 ? text.length() : close + dollar.group().length();
        tokens.add(new SqlToken(Kind.BODY, at, end, text.substring(at, end), depth));
        return end;
    }

    private int readToken(int at) {
        var matcher = TOKEN.matcher(text).region(at, text.length());
        matcher.lookingAt();
        int end = beforeComment(at, matcher.end());
        if (matcher.group("space") == null) {
            tokens.add(token(matcher, at, end));
        }
        return end;
    }

    private SqlToken token(Matcher matcher, int at, int end) {
        var found = text.substring(at, end);
        return switch (kind(matcher, found)) {
            case WORD -> new SqlToken(Kind.WORD, at, end, found.toLowerCase(Locale.ROOT), depth);
            case OPEN -> new SqlToken(Kind.OPEN, at, end, found, depth++);
            case CLOSE -> new SqlToken(Kind.CLOSE, at, end, found, depth = Math.max(0, depth - 1));
            case Kind other -> new SqlToken(other, at, end, found, depth);
        };
    }

    private static Kind kind(Matcher matcher, String found) {
        for (var kind : List.of(Kind.WORD, Kind.STRING, Kind.NAME, Kind.NUMBER, Kind.OPERATOR)) {
            if (matcher.group(kind.name().toLowerCase(Locale.ROOT)) != null) {
                return kind;
            }
        }
        return switch (found) {
            case "(" -> Kind.OPEN;
            case ")" -> Kind.CLOSE;
            case "," -> Kind.COMMA;
            case ";" -> Kind.END;
            default -> Kind.OTHER;
        };
    }

    /** An operator ends where a comment begins: in {@code a+--b} and in {@code a*}{@code /*b*}{@code /}. */
    private int beforeComment(int at, int end) {
        for (int i = at + 1; i < end - 1; i++) {
            if ("+-*/<>=~!@#%^&|".indexOf(text.charAt(at)) >= 0 && (text.startsWith("--", i) || text.startsWith("/*", i))) {
                return i;
            }
        }
        return end;
    }

    /** Comments nest in PostgreSQL. */
    private int endOfComment(int at) {
        int nested = 0;
        for (int i = at; i < text.length() - 1; i++) {
            if (text.startsWith("/*", i)) {
                nested++;
                i++;
            } else if (text.startsWith("*/", i)) {
                i++;
                if (--nested == 0) {
                    return i + 1;
                }
            }
        }
        return text.length();
    }
}

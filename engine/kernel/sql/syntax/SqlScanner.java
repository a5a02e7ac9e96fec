package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import kernel.sql.syntax.SqlToken.Kind;

/**
 * Reads SQL into tokens, from left to right, by the rules of PostgreSQL's own scanner (src/backend/parser/scan.l), and the
 * course's {@code {{name}}}. A question mark stands alone, because to JDBC it is a parameter.
 */
public final class SqlScanner {
    /** Blanks of other alphabets, of no width, and the byte order mark: PostgreSQL has them for letters, and nobody who types SQL does. */
    static final String OTHER_BLANKS = "\u00a0\u1680\u180e\u2000-\u200b\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff";
    private static final Pattern LINE_END = Pattern.compile("[\\n\\r]");
    private static final Pattern SPACE = Pattern.compile("[\\s" + OTHER_BLANKS + "]++");
    /** All that is not ASCII is a letter, combining characters and pictures too. */
    private static final String LETTER = "[A-Za-z_[^\\x00-\\x7f" + OTHER_BLANKS + "]]";
    private static final String LETTER_OR_DIGIT = "[0-9" + LETTER + "]";
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*+([\\p{L}_$][\\p{L}\\p{Nd}_$]*+)\\s*+}}");
    /** Also {@code ${name}}, which Flyway replaces. */
    private static final Pattern WORD = Pattern.compile("\\$\\{\\w++}|" + LETTER + "[$" + LETTER_OR_DIGIT + "]*+");
    /** The end of {@code 1..10} is no part of its beginning. */
    private static final Pattern NUMBER = Pattern.compile("0[xXoObB]\\p{XDigit}++|(\\d[\\d_]*+(\\.(?!\\.)[\\d_]*+)?|\\.\\d[\\d_]*+)([eE][+-]?\\d++)?");
    private static final Pattern DOLLAR = Pattern.compile("\\$(?:" + LETTER + LETTER_OR_DIGIT + "*+)?\\$");
    private static final Pattern FIXED = Pattern.compile("::|:=|\\.\\.");
    private static final Pattern OPERATOR = Pattern.compile("[-+*/<>=~!@#%^&|`]++");
    private static final Pattern MAY_END_IN_SIGN = Pattern.compile(".*[~!@#%^&|`].*");
    private final String text;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private SqlScanner(String text) {
        this.text = text;
    }

    /** All tokens in order, comments included. */
    public static List<SqlToken> tokens(String text) {
        var scanner = new SqlScanner(text);
        while (scanner.at < text.length()) {
            scanner.next();
        }
        return List.copyOf(scanner.tokens);
    }

    private void next() {
        var character = text.charAt(at);
        if (text.startsWith("--", at)) {
            var line = LINE_END.matcher(text);
            add(Kind.COMMENT, line.find(at) ? line.start() : text.length(), false);
        } else if (text.startsWith("/*", at)) {
            comment();
        } else if (character == '\'' || (character == 'e' || character == 'E') && text.startsWith("'", at + 1)) {
            quoted(Kind.STRING, '\'', character != '\'');
        } else if (character == '"') {
            quoted(Kind.QUOTED_IDENTIFIER, '"', false);
        } else if (!space() && !dollarString() && !variable() && !found(Kind.WORD, WORD) && !found(Kind.NUMBER, NUMBER)
                && !found(Kind.OPERATOR, FIXED) && !operator()) {
            sign(character);
        }
    }

    /** Comments nest in PostgreSQL. */
    private void comment() {
        var nested = 0;
        for (int i = at; i < text.length() - 1; i++) {
            if (text.startsWith("/*", i)) {
                nested++;
                i++;
            } else if (text.startsWith("*/", i)) {
                i++;
                if (--nested == 0) {
                    add(Kind.COMMENT, i + 1, true);
                    return;
                }
            }
        }
        add(Kind.COMMENT, text.length(), false);
    }

    /** A doubled quote stands for itself; after {@code E'} a backslash takes the next character with it. */
    private void quoted(Kind kind, char quote, boolean escapes) {
        for (int i = at + (escapes ? 2 : 1); i < text.length(); i++) {
            if (escapes && text.charAt(i) == '\\' || text.charAt(i) == quote && text.startsWith(String.valueOf(quote), i + 1)) {
                i++;
            } else if (text.charAt(i) == quote) {
                add(kind, i + 1, true);
                return;
            }
        }
        add(kind, text.length(), false);
    }

    private boolean space() {
        var space = SPACE.matcher(text).region(at, text.length());
        var found = space.lookingAt();
        at = found ? space.end() : at;
        return found;
    }

    private boolean dollarString() {
        var tag = DOLLAR.matcher(text).region(at, text.length());
        var found = tag.lookingAt();
        if (found) {
            var close = text.indexOf(tag.group(), tag.end());
            add(Kind.DOLLAR_STRING, close < 0 ? text.length() : close + tag.group().length(), close >= 0);
        }
        return found;
    }

    private boolean variable() {
        var variable = VARIABLE.matcher(text).region(at, text.length());
        var found = variable.lookingAt();
        if (found) {
            add(Kind.VARIABLE, variable.end(), variable.group(1), true);
        }
        return found;
    }

    private boolean found(Kind kind, Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        var found = matcher.lookingAt();
        if (found) {
            add(kind, matcher.end(), true);
        }
        return found;
    }

    /** It ends where a comment begins; its last sign is one of a number, unless it has signs that no standard operator has. */
    private boolean operator() {
        var run = OPERATOR.matcher(text).region(at, text.length());
        if (!run.lookingAt()) {
            return false;
        }
        var operator = run.group().split("--|/\\*", 2)[0];
        if (!MAY_END_IN_SIGN.matcher(operator).matches()) {
            operator = operator.replaceFirst("(?<=.)[-+]+$", "");
        }
        add(Kind.OPERATOR, at + operator.length(), true);
        return true;
    }

    private void sign(char character) {
        switch (character) {
            case '(' -> {
                add(Kind.OPEN, at + 1, true);
                depth++;
            }
            case ')' -> {
                depth = Math.max(0, depth - 1);
                add(Kind.CLOSE, at + 1, true);
            }
            case ',' -> add(Kind.COMMA, at + 1, true);
            case ';' -> add(Kind.SEMICOLON, at + 1, true);
            default -> add(Kind.OTHER, text.offsetByCodePoints(at, 1), true);
        }
    }

    private void add(Kind kind, int end, boolean closed) {
        var found = text.substring(at, end);
        add(kind, end, kind == Kind.WORD ? found.toLowerCase(Locale.ROOT) : found, closed);
    }

    private void add(Kind kind, int end, String found, boolean closed) {
        tokens.add(new SqlToken(kind, at, end, found, depth, closed));
        at = end;
    }
}

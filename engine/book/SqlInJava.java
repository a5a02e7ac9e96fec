package book;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kernel.sql.syntax.SqlKeywords;
import kernel.sql.syntax.SqlScanner;
import kernel.sql.syntax.SqlToken;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Colours the SQL in the text blocks of Java, with the classes that the highlighter gives to SQL. */
final class SqlInJava {
    private static final String QUOTES = "\"\"\"";
    private static final Set<String> BEGINNINGS = Set.of("alter", "analyze", "begin", "comment", "copy", "create", "delete", "do", "drop", "explain",
        "grant", "insert", "lock", "merge", "revoke", "select", "set", "truncate", "update", "vacuum", "values", "with");

    private SqlInJava() { }

    /** @param code of a listing in Java; its text stays as it is */
    static void colour(Element code) {
        for (var string : code.select("span.s")) {
            var text = string.wholeText();
            if (text.startsWith(QUOTES) && text.endsWith(QUOTES) && text.length() >= 2 * QUOTES.length()) {
                block(string, text.substring(QUOTES.length(), text.length() - QUOTES.length()));
            }
        }
    }

    private static void block(Element string, String sql) {
        var tokens = SqlScanner.tokens(sql);
        if (!beginsAStatement(tokens)) {
            return;
        }
        var nodes = new ArrayList<Node>();
        nodes.add(span("s", QUOTES));
        int at = 0;
        for (var token : tokens) {
            nodes.add(new TextNode(sql.substring(at, token.start())));
            nodes.add(coloured(token, sql.substring(token.start(), token.end())));
            at = token.end();
        }
        nodes.add(new TextNode(sql.substring(at)));
        nodes.add(span("s", QUOTES));
        nodes.forEach(string::before);
        string.remove();
    }

    private static boolean beginsAStatement(List<SqlToken> tokens) {
        return tokens.stream().filter(token -> !token.isComment()).findFirst().filter(token -> BEGINNINGS.contains(token.text())).isPresent();
    }

    private static Node coloured(SqlToken token, String text) {
        return switch (token.kind()) {
            case WORD -> SqlKeywords.KEYWORDS.contains(token.text()) ? span("k", text) : new TextNode(text);
            case STRING, DOLLAR_STRING -> span("s1", text);
            case NUMBER -> span("mi", text);
            case COMMENT -> span("c1", text);
            default -> new TextNode(text);
        };
    }

    private static Element span(String style, String text) {
        return new Element("span").addClass(style).text(text);
    }
}

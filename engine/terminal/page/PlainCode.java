package terminal.page;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import kernel.sql.syntax.SqlKeywords;
import terminal.drawing.TextStyle;

/** Colours for code that does not come from the page, by a glance at its words: strings, comments, numbers, keywords. */
final class PlainCode {
    private static final Pattern WORDS = Pattern.compile("""
        (?<comment>//.*|--.*)|(?<string>"(?:[^"\\\\]|\\\\.)*"|'(?:[^']|'')*')|(?<number>\\b\\d[\\d_.]*\\b)|(?<word>\\b[a-z]+\\b)""");
    private static final List<String> JAVA = List.of("var", "new", "try", "catch", "finally", "for", "while", "if", "else",
        "return", "throw", "final", "record", "void", "int", "long", "double", "boolean", "switch", "case", "true", "false", "null");

    private PlainCode() { }

    static List<String> lines(String source, String language, TextStyle style) {
        return source.lines().map(line -> style.hasColour()
            ? WORDS.matcher(line).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(word(match, language, style)))
            : line).toList();
    }

    private static String word(MatchResult match, String language, TextStyle style) {
        var text = match.group();
        if (match.group("word") != null) {
            var known = language.equals("java") ? JAVA : SqlKeywords.KEYWORDS;
            return known.contains(text) ? style.in("keyword", text) : text;
        }
        return style.in(match.group("comment") != null ? "comment" : match.group("string") != null ? "string" : "number", text);
    }
}

package terminal.page;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import kernel.sql.syntax.SqlWords;
import terminal.drawing.Pen;

/** Colours for code that does not come from the page, by a glance at its words: strings, comments, numbers, keywords. */
final class PlainCode {
    private static final Pattern WORDS = Pattern.compile("""
        (?<comment>//.*|--.*)|(?<string>"(?:[^"\\\\]|\\\\.)*"|'(?:[^']|'')*')|(?<number>\\b\\d[\\d_.]*\\b)|(?<word>\\b[a-z]+\\b)""");
    private static final List<String> JAVA = List.of("var", "new", "try", "catch", "finally", "for", "while", "if", "else",
        "return", "throw", "final", "record", "void", "int", "long", "double", "boolean", "switch", "case", "true", "false", "null");

    private PlainCode() { }

    static List<String> lines(String source, String language, Pen pen) {
        return source.lines().map(line -> pen.hasColour()
            ? WORDS.matcher(line).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(word(match, language, pen)))
            : line).toList();
    }

    private static String word(MatchResult match, String language, Pen pen) {
        var text = match.group();
        if (match.group("word") != null) {
            var known = language.equals("java") ? JAVA : SqlWords.KEYWORDS;
            return known.contains(text) ? pen.in("keyword", text) : text;
        }
        return pen.in(match.group("comment") != null ? "comment" : match.group("string") != null ? "string" : "number", text);
    }
}

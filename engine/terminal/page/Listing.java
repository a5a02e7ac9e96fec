package terminal.page;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import terminal.drawing.TextStyle;

/** Code of the page, coloured by the classes that Rouge gave its words in the book. */
final class Listing {
    /** Colours by the first letter of the class, as the book's style sheet has them. */
    private static final Map<String, String> COLOURS = Map.ofEntries(
        Map.entry("k", "keyword"), Map.entry("kd", "keyword"), Map.entry("kn", "keyword"), Map.entry("kt", "keyword"),
        Map.entry("kc", "keyword"), Map.entry("kr", "keyword"), Map.entry("kp", "keyword"), Map.entry("ow", "keyword"),
        Map.entry("nf", "name"), Map.entry("nc", "name"), Map.entry("na", "name"), Map.entry("nd", "name"), Map.entry("nt", "name"),
        Map.entry("il", "number"));

    private Listing() { }

    static List<String> lines(Element code, TextStyle style) {
        var text = new StringBuilder();
        code.childNodes().forEach(node -> add(node, "", text, style));
        return Arrays.asList(text.toString().stripTrailing().split("\n", -1));
    }

    private static void add(Node node, String colour, StringBuilder text, TextStyle style) {
        switch (node) {
            case TextNode words -> text.append(coloured(words.getWholeText(), colour, style));
            case Element element -> {
                var own = colour(element);
                element.childNodes().forEach(child -> add(child, own.isEmpty() ? colour : own, text, style));
            }
            default -> { }
        }
    }

    /** A colour never runs over the end of a line. */
    private static String coloured(String words, String colour, TextStyle style) {
        return String.join("\n", Arrays.stream(words.split("\n", -1)).map(line -> style.in(colour, line)).toList());
    }

    private static String colour(Element element) {
        var name = element.className();
        return COLOURS.getOrDefault(name, switch (name.isEmpty() ? ' ' : name.charAt(0)) {
            case 'c' -> name.equals("conum") ? "accent" : "comment";
            case 's' -> "string";
            case 'm' -> "number";
            default -> "";
        });
    }
}

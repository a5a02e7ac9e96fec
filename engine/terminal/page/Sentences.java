package terminal.page;

import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import terminal.drawing.TextStyle;

/** Words of a sentence with their emphasis, code and links, still without line breaks. */
final class Sentences {
    private final TextStyle style;

    Sentences(TextStyle style) {
        this.style = style;
    }

    String of(List<Node> nodes) {
        var text = new StringBuilder();
        nodes.forEach(node -> text.append(of(node)));
        return text.toString().replaceAll(" *\n *", "\n").replaceAll(" {2,}", " ").strip();
    }

    private String of(Node node) {
        return switch (node) {
            case TextNode words -> words.getWholeText().replaceAll("[ \t\r\n]+", " ");
            case Element element -> of(element);
            default -> "";
        };
    }

    private String of(Element element) {
        return switch (element.normalName()) {
            case "strong", "b" -> style.bold(inside(element));
            case "em", "i" -> style.italic(inside(element));
            case "code", "kbd", "samp" -> style.code(element.text());
            case "a" -> link(element);
            case "br" -> "\n";
            case "img", "svg" -> "[" + element.attr("alt") + "]";
            case "script", "style" -> "";
            default -> inside(element);
        };
    }

    private String inside(Element element) {
        var text = new StringBuilder();
        element.childNodes().forEach(node -> text.append(of(node)));
        return text.toString();
    }

    /** Addresses outside of the book; those inside lead nowhere from a terminal. */
    private String link(Element element) {
        var address = element.attr("href");
        var text = inside(element);
        if (!address.startsWith("http")) {
            return text;
        }
        if (style.links()) {
            return style.link(address, style.in("accent", text));
        }
        return address.replaceFirst("^https?://", "").equals(element.text().replaceFirst("^https?://", "")) ? address : text + " (" + address + ")";
    }
}

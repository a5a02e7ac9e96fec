package browser.export;

import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** The book's HTML as Markdown. What Markdown has no syntax for stays HTML, which Markdown allows. */
final class Markdown {
    private Markdown() { }

    static String of(Element html) {
        return blocks(html).replaceAll("\n{3,}", "\n\n").strip();
    }

    private static String blocks(Element parent) {
        return parent.childNodes().stream().map(Markdown::block).collect(Collectors.joining());
    }

    private static String block(Node node) {
        if (!(node instanceof Element element)) {
            return node instanceof TextNode text && !text.isBlank() ? inline(text) + "\n\n" : "";
        }
        return switch (element.tagName()) {
            case "h1", "h2" -> "## " + inlines(element) + "\n\n";
            case "h3", "h4" -> "### " + inlines(element) + "\n\n";
            case "p" -> inlines(element).strip() + "\n\n";
            case "ul", "ol" -> list(element) + "\n";
            case "pre" -> "```" + element.select("code").attr("data-lang") + "\n" + element.wholeText().stripTrailing() + "\n```\n\n";
            case "div", "section", "main", "aside", "blockquote" -> blocks(element);
            default -> element.outerHtml() + "\n\n";
        };
    }

    private static String list(Element list) {
        var items = new StringBuilder();
        int number = 0;
        for (var item : list.select("> li")) {
            var sign = list.tagName().equals("ol") ? ++number + ". " : "- ";
            var inside = item.select("> p, > ul, > ol, > pre, > div").isEmpty() ? inlines(item) : blocks(item).strip();
            items.append(sign).append(inside.replace("\n", "\n" + " ".repeat(sign.length()))).append('\n');
        }
        return items.toString();
    }

    private static String inlines(Element parent) {
        return parent.childNodes().stream().map(Markdown::inline).collect(Collectors.joining());
    }

    private static String inline(Node node) {
        if (node instanceof TextNode text) {
            return text.getWholeText().replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<>])", "\\\\$1");
        }
        if (!(node instanceof Element element)) {
            return "";
        }
        return switch (element.tagName()) {
            case "em", "i" -> "*" + inlines(element) + "*";
            case "strong", "b" -> "**" + inlines(element) + "**";
            case "code", "kbd", "samp" -> code(element.wholeText());
            case "a" -> element.attr("href").contains("://") ? "[" + inlines(element) + "](" + element.attr("href") + ")" : inlines(element);
            case "br" -> "  \n";
            case "span" -> inlines(element);
            default -> element.outerHtml();
        };
    }

    private static String code(String text) {
        var fence = text.contains("`") ? "``" : "`";
        return fence + (text.startsWith("`") || text.endsWith("`") ? " " + text + " " : text) + fence;
    }
}

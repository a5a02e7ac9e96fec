package terminal.page;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import terminal.drawing.CodeWrap;
import terminal.drawing.TextStyle;
import terminal.drawing.Wrap;

/** Text of the page as lines: paragraphs, lists, tables, listings and notes, in a readable measure. */
final class ProseText {
    private final TextStyle style;
    private final Sentences sentences;
    private final List<String> lines = new ArrayList<>();

    private ProseText(TextStyle style) {
        this.style = style;
        this.sentences = new Sentences(style);
    }

    /** The blocks inside {@code body}, an empty line between them and none around them. */
    static List<String> lines(Element body, TextStyle style) {
        var proseText = new ProseText(style);
        proseText.children(body);
        return proseText.lines;
    }

    private void children(Element parent) {
        var loose = new ArrayList<Node>();
        for (var node : parent.childNodes()) {
            if (node instanceof Element element && element.isBlock()) {
                paragraph(loose);
                block(element);
            } else {
                loose.add(node);
            }
        }
        paragraph(loose);
    }

    private void paragraph(List<Node> loose) {
        if (loose.stream().anyMatch(node -> node instanceof Element || node instanceof TextNode text && !text.isBlank())) {
            add(Wrap.lines(sentences.of(loose), style.measure()));
        }
        loose.clear();
    }

    private void block(Element element) {
        switch (element.normalName()) {
            case "p" -> add(Wrap.lines(sentences.of(element.childNodes()), style.measure()));
            case "ul" -> items(element, false);
            case "ol" -> items(element, true);
            case "dl" -> definitions(element);
            case "pre" -> add(Listing.lines(element, style).stream()
                .flatMap(line -> CodeWrap.lines(line, style.narrower(4).width()).stream()).map(line -> "    " + line).toList());
            case "table" -> add(PageTable.lines(element, style));
            case "aside", "blockquote" -> aside(element);
            case "h2", "h3", "h4", "h5" -> add(List.of(style.bold(element.text())));
            case "figcaption" -> add(List.of(style.quiet(element.text())));
            case "hr" -> add(List.of(style.in("line", "─".repeat(20))));
            default -> children(element);
        }
    }

    private void items(Element list, boolean numbered) {
        var number = 1;
        var all = new ArrayList<String>();
        for (var item : list.children()) {
            all.addAll(hanging(numbered ? number++ + ". " : "• ", item));
        }
        add(all);
    }

    private void definitions(Element list) {
        var all = new ArrayList<String>();
        for (var part : list.children()) {
            if (part.normalName().equals("dt")) {
                all.addAll(Wrap.lines(style.bold(sentences.of(part.childNodes())), style.measure()));
            } else {
                all.addAll(hanging("    ", part));
            }
        }
        add(all);
    }

    private void aside(Element element) {
        var body = element.clone();
        var word = body.selectFirst("> .word");
        var inner = new ArrayList<String>();
        if (word != null) {
            inner.add(style.in(element.hasClass("warning") || element.hasClass("caution") ? "bad" : "wait", style.bold(word.text())));
            word.remove();
        }
        inner.addAll(lines(body, style.narrower(2)));
        add(inner.stream().map(line -> style.in("line", "│") + " " + line).toList());
    }

    /** A mark, and the blocks of the item beside it. */
    private List<String> hanging(String mark, Element item) {
        var inner = lines(item, new TextStyle(style.palette(), style.links(), style.measure() - mark.length()));
        var drawn = new ArrayList<String>();
        for (int i = 0; i < inner.size(); i++) {
            drawn.add((i == 0 ? mark : " ".repeat(inner.get(i).isEmpty() ? 0 : mark.length())) + inner.get(i));
        }
        return drawn;
    }

    private void add(List<String> block) {
        if (!lines.isEmpty() && !block.isEmpty()) {
            lines.add("");
        }
        lines.addAll(block);
    }
}

package book;

import java.util.List;
import java.util.Map;
import kernel.output.Numbers;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Takes the wrappers out of Asciidoctor's HTML: what is left are the plain elements that the style sheet and the terminal know. */
final class CleanHtml {
    private static final Map<String, String> WORDS = Map.of(
        "note", "Note", "tip", "Tip", "important", "Important", "warning", "Warning", "caution", "Careful");

    private CleanHtml() { }

    /** The body of a converted file as one element that holds the sections, or the blocks where there are none. */
    static Element of(String html) {
        var body = Jsoup.parseBodyFragment(html).body();
        body.ownerDocument().outputSettings().prettyPrint(false);
        body.select("div.admonitionblock").forEach(CleanHtml::admonition);
        body.select("div.listingblock, div.literalblock").forEach(CleanHtml::listing);
        body.select("table.tableblock").forEach(CleanHtml::table);
        body.select("div.paragraph, div.ulist, div.olist, div.dlist, div.colist, div.openblock, div.content").forEach(CleanHtml::unwrap);
        body.select("div.quoteblock, div.exampleblock, div.sidebarblock").forEach(CleanHtml::boxed);
        body.select("li > p:first-child, dd > p:first-child").stream()
            .filter(paragraph -> paragraph.siblingElements().isEmpty()).toList().forEach(Element::unwrap);
        body.select("ol[type]").removeAttr("type");
        body.select("p.tableblock").forEach(paragraph -> paragraph.removeClass("tableblock"));
        body.select("[class='']").removeAttr("class");
        body.selectXpath(".//text()[not(ancestor::pre or ancestor::code)]", TextNode.class).forEach(CleanHtml::unbroken);
        return body;
    }

    private static void unbroken(TextNode text) {
        var whole = text.getWholeText();
        var unbroken = Numbers.unbroken(whole);
        if (!unbroken.equals(whole)) {
            text.text(unbroken);
        }
    }

    private static void admonition(Element block) {
        var kind = block.classNames().stream().filter(WORDS::containsKey).findFirst().orElse("note");
        var content = block.selectFirst("td.content");
        var aside = new Element("aside").addClass("aside").addClass(kind);
        keepId(block, aside);
        var title = content.selectFirst("> div.title");
        var word = aside.appendElement("p").addClass("word");
        word.text(title == null ? WORDS.get(kind) : WORDS.get(kind) + ": " + title.text());
        if (title != null) {
            title.remove();
        }
        if (!content.ownText().isBlank() || content.children().isEmpty()) {
            aside.appendElement("p").html(content.html().strip());
        } else {
            List.copyOf(content.childNodes()).forEach(aside::appendChild);
        }
        block.replaceWith(aside);
    }

    private static void listing(Element block) {
        var pre = block.selectFirst("pre");
        pre.clearAttributes();
        if (block.hasClass("cell")) {
            pre.addClass("cell");
        }
        var code = pre.selectFirst("code");
        if (code == null) {
            pre.html("<code>" + pre.html() + "</code>");
        }
        if (code != null) {
            code.removeAttr("class");
            code.select("span.n, span.p, span.w, span.o").forEach(Element::unwrap);
            if (code.attr("data-lang").equals("java")) {
                SqlInJava.colour(code);
            }
        }
        var title = block.selectFirst("> div.title");
        if (title == null) {
            keepId(block, pre);
            block.replaceWith(pre);
        } else {
            var figure = new Element("figure").addClass("listing");
            keepId(block, figure);
            figure.appendElement("figcaption").html(title.html());
            figure.appendChild(pre);
            block.replaceWith(figure);
        }
    }

    private static void table(Element table) {
        table.select("colgroup").remove();
        var caption = table.selectFirst("caption");
        if (caption != null) {
            caption.removeClass("title");
        }
        table.select("th, td").removeAttr("class");
        table.select("td > p.tableblock:only-child, td > div.content").forEach(Element::unwrap);
        table.select("thead th").attr("scope", "col");
        table.select("thead th").stream().filter(head -> head.text().isBlank()).forEach(head -> head.tagName("td").removeAttr("scope"));
        table.select("tbody th").attr("scope", "row");
        table.select("tbody th > p").forEach(Element::unwrap);
        table.removeAttr("class");
        table.wrap("<div class=\"scroll\"></div>");
    }

    /** A wrapper with a title becomes a figure, one without goes; its id moves to what it held. */
    private static void unwrap(Element wrapper) {
        var title = wrapper.selectFirst("> div.title");
        if (title != null) {
            title.tagName("p").attr("class", "title");
        }
        if (wrapper.hasAttr("id") && wrapper.childrenSize() > 0) {
            wrapper.child(0).attr("id", wrapper.id());
        }
        if (wrapper.childrenSize() > 0) {
            wrapper.classNames().stream().filter(name -> name.equals("lead")).forEach(wrapper.child(0)::addClass);
        }
        wrapper.unwrap();
    }

    private static void boxed(Element block) {
        var quote = block.selectFirst("> blockquote");
        if (quote != null) {
            block.unwrap();
            return;
        }
        var title = block.selectFirst("> div.title");
        if (title != null) {
            title.tagName("p").attr("class", "word");
        }
        block.tagName("aside").attr("class", "aside");
    }

    private static void keepId(Element from, Element to) {
        if (from.hasAttr("id")) {
            to.attr("id", from.id());
        }
    }
}

package book;

import java.util.List;
import org.jsoup.nodes.Element;

/** A page that an author writes alone, without cells: the first one, and those for looking up. */
public final class ProsePage {
    private ProsePage() { }

    /** The page for looking up plan nodes, locks and SQLSTATEs. @param converted docs/reference.adoc */
    public static BookPage reference(ConvertedPage converted) {
        return new BookPage("reference.html", converted.source(), converted.title(),
            "What does this node, lock or SQLSTATE mean?", main(converted, "reference"));
    }

    /** The page for those who teach. @param converted docs/grading.adoc */
    public static BookPage grading(ConvertedPage converted) {
        return new BookPage("grading.html", converted.source(), converted.title(), "How are the submissions of a class judged?", main(converted, "grading"));
    }

    /** Its title and its sections, each with its id. */
    public static Element main(ConvertedPage converted, String kind) {
        var body = CleanHtml.of(converted.html());
        var main = new Element("main").addClass(kind);
        main.appendElement("h1").text(converted.title());
        body.select("div#preamble > div.sectionbody, div#preamble").forEach(Element::unwrap);
        body.select("div.sectionbody").forEach(Element::unwrap);
        body.select("div.sect1").forEach(section -> {
            var heading = section.selectFirst("> h2");
            section.tagName("section").attr("class", "prose").attr("id", heading.id());
            heading.removeAttr("id");
        });
        List.copyOf(body.childNodes()).forEach(main::appendChild);
        return main;
    }
}

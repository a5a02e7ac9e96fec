package book;

import static book.drawing.Tag.classed;
import static book.drawing.Tag.group;
import static book.drawing.Tag.tag;
import book.drawing.Tag;
import java.util.List;
import kernel.output.Numbers;
import org.jsoup.nodes.Element;

/** The first page: what the course is, how to start, and the whole way at once. */
public final class IndexPage {
    private IndexPage() { }

    /** @param prose docs/index.adoc; the way stands where its section {@code [#the-way]} is */
    public static BookPage of(Prose prose, List<Contents.Part> parts) {
        var body = CleanHtml.of(prose.html());
        var main = new Element("main").addClass("index");
        main.appendElement("h1").text(prose.title());
        body.select("div#preamble > div.sectionbody, div#preamble").forEach(Element::unwrap);
        body.select("div.sectionbody").forEach(Element::unwrap);
        body.select("div.sect1").forEach(section -> {
            var heading = section.selectFirst("> h2");
            section.tagName("section").attr("class", "prose").attr("id", heading.id());
            heading.removeAttr("id");
        });
        List.copyOf(body.childNodes()).forEach(main::appendChild);
        var way = main.selectFirst("section#the-way");
        if (way == null) {
            throw new IllegalStateException(prose.source() + " has no section [#the-way]; the list of lessons stands there.");
        }
        way.append(lessons(parts).toString());
        var trust = main.selectFirst("section#trust");
        if (trust != null) {
            trust.append(TrustTable.of(parts).toString());
        }
        return new BookPage("index.html", prose.source(), prose.title(), "", main);
    }

    private static Tag lessons(List<Contents.Part> parts) {
        var list = classed("ol", "lessons");
        parts.forEach(part -> list.add("\n", lesson(part)));
        return list;
    }

    private static Tag lesson(Contents.Part part) {
        var page = part.page();
        var item = tag("li",
            classed("span", "no", part.lesson().number()).with("aria-hidden", "true"),
            tag("h3", tag("a", page.title()).with("href", page.path())),
            classed("p", "asks", page.question()),
            classed("p", "facts", facts(part)));
        return part.exercises().isEmpty() ? item : item.add(exercises(part));
    }

    static String facts(Contents.Part part) {
        var minutes = part.page().main().attr("data-minutes");
        int steps = part.page().main().select("> section.step").size();
        return Numbers.counted(steps, "step") + (minutes.isEmpty() ? "" : " · " + minutes + " minutes")
            + (part.exercises().isEmpty() ? "" : " · " + Numbers.counted(part.exercises().size(), "exercise"));
    }

    private static Tag exercises(Contents.Part part) {
        var list = tag("ul");
        part.exercises().forEach(page -> list.add(tag("li",
            tag("a", group(classed("span", "no", page.main().attr("data-exercise")), " ", page.title())).with("href", page.path()))));
        return list;
    }
}

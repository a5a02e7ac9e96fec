package book;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.group;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlElement;
import java.util.List;
import kernel.output.Numbers;

/** The first page: what the course is, how to start, and the whole way at once. */
public final class IndexPage {
    private IndexPage() { }

    /** @param converted docs/index.adoc; the way stands where its section {@code [#the-way]} is */
    public static BookPage of(ConvertedPage converted, List<Contents.Part> parts) {
        var main = ProsePage.main(converted, "index");
        var way = main.selectFirst("section#the-way");
        if (way == null) {
            throw new IllegalStateException(converted.source() + " has no section [#the-way]; the list of lessons stands there.");
        }
        way.append(lessons(parts).toString());
        var trust = main.selectFirst("section#trust");
        if (trust != null) {
            trust.append(TrustTable.of(parts).toString());
        }
        return new BookPage("index.html", converted.source(), converted.title(), "", main);
    }

    private static HtmlElement lessons(List<Contents.Part> parts) {
        var list = classed("ol", "lessons");
        parts.forEach(part -> list.add("\n", lesson(part)));
        return list;
    }

    private static HtmlElement lesson(Contents.Part part) {
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

    private static HtmlElement exercises(Contents.Part part) {
        var list = tag("ul");
        part.exercises().forEach(page -> list.add(tag("li",
            tag("a", group(classed("span", "no", page.main().attr("data-exercise")), " ", page.title())).with("href", page.path()))));
        return list;
    }
}

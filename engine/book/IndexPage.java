package book;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.group;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlDrawing;
import book.drawing.HtmlElement;
import java.util.List;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Output.Comparison.Bar;
import kernel.output.PlanReading;
import org.jsoup.nodes.Element;

/** The first page: what the course is, how to start, and the whole way at once. */
public final class IndexPage {
    private IndexPage() { }

    /**
     * Makes the page.
     *
     * @param converted  docs/index.adoc; the way stands where its section {@code [#the-way]} is, the experiment in {@code [#one-experiment]}
     * @param experiment what step {@code ten-posts} of lesson 05 showed when it was recorded; empty where it was not
     */
    public static BookPage of(ConvertedPage converted, List<Contents.Part> parts, List<Output> experiment) {
        var main = ProsePage.main(converted, "index");
        section(main, converted, "the-way").append(lessons(parts).toString());
        section(main, converted, "one-experiment").append(drawn(experiment));
        var trust = main.selectFirst("section#trust");
        if (trust != null) {
            trust.append(TrustTable.of(parts).toString());
        }
        return new BookPage("index.html", converted.source(), converted.title(), "", main);
    }

    private static Element section(Element main, ConvertedPage converted, String id) {
        var section = main.selectFirst("section#" + id);
        if (section == null) {
            throw new IllegalStateException(converted.source() + " has no section [#" + id + "]");
        }
        return section;
    }

    /** The first plan, without the index, beside the last one, with it. */
    private static String drawn(List<Output> experiment) {
        var plans = experiment.stream().filter(Output.Plan.class::isInstance).map(Output.Plan.class::cast).map(plan -> PlanReading.buffers(plan.root())).toList();
        if (plans.size() < 2) {
            return "";
        }
        double without = plans.getFirst(), with = plans.getLast();
        var bars = List.of(new Bar("without an index", without), new Bar("with an index on (author_id, created_at)", with));
        return HtmlDrawing.draw(List.of(new Output.Comparison("for the same ten posts", "pages", bars,
                Numbers.of(Math.floor(without / with)) + " times fewer pages"))).toString()
            + tag("p", "You predict, you run, PostgreSQL answers. ", tag("a", "The statement and its plans").with("href", "05-indexing.html#ten-posts"),
                " are the first step of lesson 05. This course is made of such steps, and of exercises judged by what your code does.");
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
        return part.exercises().isEmpty() ? item
            : item.add(tag("details", tag("summary", Numbers.counted(part.exercises().size(), "exercise")), exercises(part)));
    }

    static String facts(Contents.Part part) {
        var minutes = part.page().main().attr("data-minutes");
        int steps = part.page().main().select("> section.step").size();
        return Numbers.counted(steps, "step") + (minutes.isEmpty() ? "" : " · " + minutes + " minutes");
    }

    private static HtmlElement exercises(Contents.Part part) {
        var list = tag("ul");
        part.exercises().forEach(page -> list.add(tag("li",
            tag("a", group(classed("span", "no", page.main().attr("data-exercise")), " ", page.title())).with("href", page.path()))));
        return list;
    }
}

package book;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlElement;
import java.util.List;

/** What the verifiers of each lesson are known to refuse, from what the pages of its exercises say. */
final class TrustTable {
    private TrustTable() { }

    static HtmlElement of(List<Contents.Part> parts) {
        var rows = tag("tbody");
        parts.stream().filter(part -> part.exercises().stream().anyMatch(page -> page.main().hasAttr("data-mutants")))
            .forEach(part -> rows.add(row(part)));
        return classed("div", "scroll", tag("table", tag("thead", tag("tr", head("Lesson"), head("Exercises"),
            head("Wrong answers refused"), head("Mutants refused"), head("Equivalent mutants"))), rows));
    }

    private static HtmlElement row(Contents.Part part) {
        return tag("tr", tag("td", tag("a", part.page().title()).with("href", part.page().path())),
            tag("td", part.exercises().size()), tag("td", sum(part, "data-wrong")),
            tag("td", sum(part, "data-killed") + " of " + sum(part, "data-mutants")), tag("td", sum(part, "data-equivalent")));
    }

    private static HtmlElement head(String words) {
        return tag("th", words).with("scope", "col");
    }

    private static int sum(Contents.Part part, String attribute) {
        return part.exercises().stream().map(page -> page.main().attr(attribute)).filter(count -> !count.isEmpty())
            .mapToInt(Integer::parseInt).sum();
    }
}

package book;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lesson.Lesson;

/** The whole book in reading order: each lesson, then its exercises, and what there is to look up at the end. Draws the list at the side and the links to the next and the last page. */
public record Contents(BookPage index, List<Part> parts, List<BookPage> reference) {
    /** A lesson's page with those of its exercises. */
    public record Part(Lesson lesson, BookPage page, List<BookPage> exercises) { }

    /** Every page in reading order, the index first. */
    public List<BookPage> pages() {
        var pages = new ArrayList<>(List.of(index));
        for (var part : parts) {
            pages.add(part.page());
            pages.addAll(part.exercises());
        }
        pages.addAll(reference);
        return pages;
    }

    HtmlElement side(BookPage current) {
        var list = tag("ol");
        parts.forEach(part -> list.add(lesson(part, current), "\n"));
        reference.forEach(page -> list.add(alone(page, current), "\n"));
        return list;
    }

    /** The page before and the page after. */
    HtmlElement way(BookPage current) {
        var pages = pages();
        int at = pages.indexOf(current);
        var way = classed("nav", "way").with("aria-label", "Reading order");
        step(at > 0 ? Optional.of(pages.get(at - 1)) : Optional.empty(), current, "prev", "← Back").ifPresent(way::add);
        step(at + 1 < pages.size() ? Optional.of(pages.get(at + 1)) : Optional.empty(), current, "next", "Next →").ifPresent(way::add);
        return way;
    }

    /** The exercises of a lesson, below it. */
    HtmlElement practice(BookPage current) {
        return parts.stream().filter(part -> part.page() == current && !part.exercises().isEmpty()).findFirst()
            .map(part -> classed("nav", "practice", tag("h2", "Practise").with("id", "practise"), exercises(part)).with("aria-labelledby", "practise"))
            .orElse(HtmlElement.group());
    }

    private static HtmlElement exercises(Part part) {
        var list = tag("ol");
        part.exercises().forEach(page -> list.add(tag("li", tag("a", page.title()).with("href", page.path()), " ",
            tag("kbd", "./jbang verify " + page.main().attr("data-exercise")))));
        return list;
    }

    private Optional<HtmlElement> step(Optional<BookPage> to, BookPage current, String direction, String word) {
        return to.map(page -> tag("a", classed("span", "direction", word), " ", named(page))
            .with("class", direction).with("rel", direction).with("href", current.root() + page.path()));
    }

    private HtmlElement lesson(Part part, BookPage current) {
        var item = tag("li", link(part.page(), current, HtmlElement.group(classed("span", "no", part.lesson().number()), " ", part.page().title())));
        if (part.page() != current && !part.exercises().contains(current)) {
            return item;
        }
        var inside = part.page() == current ? sections(current) : tag("ol");
        part.exercises().forEach(page -> inside.add(classed("li", "task", link(page, current, HtmlElement.group(named(page))))));
        return item.add(inside);
    }

    private static HtmlElement alone(BookPage page, BookPage current) {
        var item = tag("li", link(page, current, HtmlElement.group(page.title())));
        return page == current ? item.add(sections(current)) : item;
    }

    private static HtmlElement sections(BookPage page) {
        var list = tag("ol");
        page.main().select("> section:not(.opening) > h2").forEach(heading -> list.add(classed("li", heading.parent().className(),
            tag("a", heading.text()).with("href", "#" + heading.parent().id()))));
        return list;
    }

    private static String named(BookPage page) {
        var number = page.main().attr("data-exercise");
        return number.isEmpty() ? page.title() : "Exercise " + number + ": " + page.title();
    }

    private static HtmlElement link(BookPage page, BookPage current, HtmlElement text) {
        var link = tag("a", text).with("href", current.root() + page.path());
        return page == current ? link.with("aria-current", "page") : link;
    }
}

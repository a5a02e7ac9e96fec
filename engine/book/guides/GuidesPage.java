package book.guides;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import book.BookPage;
import book.Contents;
import book.ConvertedPage;
import book.Finding;
import book.ProsePage;
import book.drawing.HtmlElement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;

/** The book's page of what guides say: each advice with its verdict and with links to the sections that try it. */
public final class GuidesPage {
    private static final String PATH = "guides.html";
    private static final Set<String> VERDICTS = Set.of("Holds", "Holds, but", "Does not hold");

    private final ConvertedPage converted;
    private final List<Contents.Part> parts;
    private final List<Mark> marks = new ArrayList<>();
    private final List<Finding> findings;

    private GuidesPage(ConvertedPage converted, List<Contents.Part> parts, List<Finding> findings) throws IOException {
        this.converted = converted;
        this.parts = parts;
        this.findings = findings;
        for (var part : parts) {
            marks.addAll(Mark.of(part.lesson(), findings));
        }
    }

    /**
     * Makes the page, and adds to {@code findings} advice that nothing tries, and marks that lead nowhere.
     *
     * @param converted docs/guides.adoc, where each advice is an item with an id, {@code [[pool-size]]The pool has …:: _Does not hold_: …}
     */
    public static BookPage of(ConvertedPage converted, List<Contents.Part> parts, List<Finding> findings) throws IOException {
        return new GuidesPage(converted, parts, findings).page();
    }

    private BookPage page() {
        var main = ProsePage.main(converted, "guides");
        var known = Set.copyOf(main.select("dt > a[id]").eachAttr("id"));
        main.select("dt").forEach(this::entry);
        marks.forEach(mark -> check(mark, known));
        return new BookPage(PATH, converted.source(), converted.title(), "What do guides say, does it hold, and where is it tried?", main);
    }

    private void entry(Element says) {
        var anchor = says.selectFirst("> a[id]");
        if (anchor == null) {
            note("\"" + says.text() + "\" has no id", "Begin it with [[some-id]], which the step that tries it names.");
            return;
        }
        anchor.remove();
        var entry = new Element("div").attr("id", anchor.id());
        var verdict = says.nextElementSibling();
        says.before(entry);
        entry.appendChild(says).append("\n").appendChild(verdict).append("\n" + tried(anchor.id()));
        var word = verdict.selectFirst("em");
        if (word == null || !VERDICTS.contains(word.text()) || !verdict.text().startsWith(word.text())) {
            note("\"" + anchor.id() + "\" has no verdict", "Let its second line begin with _Holds_, _Holds, but_ or _Does not hold_.");
        } else {
            word.tagName("b").addClass(word.text().equals("Holds") ? "holds" : word.text().equals("Holds, but") ? "but" : "not");
        }
    }

    private HtmlElement tried(String advice) {
        var list = tag("ul");
        marks.stream().filter(mark -> mark.advice().contains(advice)).forEach(mark -> link(mark).ifPresent(list::add));
        if (marks.stream().noneMatch(mark -> mark.advice().contains(advice))) {
            note("\"" + advice + "\" is tried by no step", "Write [#step,tries=\"" + advice + "\"] above the step that tries it.");
        }
        return classed("dd", "tried", list);
    }

    private Optional<HtmlElement> link(Mark mark) {
        return section(mark).map(section -> tag("li", classed("span", "no", mark.lesson().number()), " ",
            tag("a", section.select("> h2").text()).with("href", page(mark).path() + "#" + mark.section())));
    }

    private void check(Mark mark, Set<String> known) {
        mark.advice().stream().filter(advice -> !known.contains(advice)).forEach(advice -> findings.add(mark.finding(
            "tries \"" + advice + "\", which " + converted.source() + " does not have", "Correct the id, or add the advice there.")));
        if (section(mark).isEmpty()) {
            findings.add(mark.finding("section \"" + mark.section() + "\" runs nothing, so it tries nothing",
                "Mark a step, or a section that includes what a program of another tool has shown."));
        }
    }

    /** A step, or a section with a program that was run, folded. */
    private Optional<Element> section(Mark mark) {
        return Optional.ofNullable(page(mark).main().selectFirst("> section[id=" + mark.section() + "]:has(pre.cell, details pre)"));
    }

    private BookPage page(Mark mark) {
        return parts.stream().filter(part -> part.lesson().equals(mark.lesson())).findFirst().orElseThrow().page();
    }

    private void note(String what, String todo) {
        findings.add(new Finding(converted.source(), what, todo));
    }
}

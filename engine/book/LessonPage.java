package book;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlDrawing;
import book.drawing.HtmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kernel.output.Output;
import lesson.Lesson;
import org.jsoup.nodes.Element;

/**
 * A lesson as a page. Every section is prose or a step, and a step always has the same four parts in the same order:
 * {@code div.question}, {@code pre.cell}, {@code div.result}, {@code div.meaning}. The terminal reads these pages and the
 * notebook makes their cells live, so this shape is a contract.
 */
public final class LessonPage {
    private final Lesson lesson;
    private final ConvertedPage converted;
    private final Optional<Recording> recording;
    private final List<Finding> findings = new ArrayList<>();

    private LessonPage(Lesson lesson, ConvertedPage converted, Optional<Recording> recording) {
        this.lesson = lesson;
        this.converted = converted;
        this.recording = recording;
    }

    /** The page, and what is wrong with its prose added to {@code findings}. */
    public static BookPage of(Lesson lesson, ConvertedPage converted, Optional<Recording> recording, List<Finding> findings) {
        var maker = new LessonPage(lesson, converted, recording);
        var page = maker.page();
        findings.addAll(maker.findings);
        return page;
    }

    private BookPage page() {
        var body = CleanHtml.of(converted.html());
        var question = demand("question", "the question that the lesson answers");
        var minutes = demand("minutes", "how long it takes");
        var main = new Element("main").addClass("lesson").attr("data-lesson", lesson.id()).attr("data-minutes", minutes);
        main.appendElement("h1").text(converted.title());
        main.append("\n").appendChild(opening(body, question));
        StrayMarks.of(body, converted, findings);
        body.select("> div.sect1").forEach(section -> main.append("\n\n").appendChild(section(section)));
        return new BookPage(lesson.id() + ".html", converted.source(), converted.title(), question, main);
    }

    /** The blocks before the first section stand under the lesson's question. */
    private Element opening(Element body, String question) {
        var opening = new Element("section").addClass("opening").attr("id", "the-question");
        opening.appendElement("h2").text(question.isEmpty() ? converted.title() : question);
        var preamble = body.selectFirst("> div#preamble > div.sectionbody");
        var blocks = preamble != null ? preamble : body.selectFirst("> div.sect1") == null ? body : new Element("div");
        List.copyOf(blocks.childNodes()).forEach(opening::appendChild);
        return opening;
    }

    private Element section(Element section) {
        var heading = section.selectFirst("> h2");
        var body = section.selectFirst("> div.sectionbody");
        body.select("div.sect2, div.sect3").forEach(Element::unwrap);
        var cells = section.select("pre.cell");
        if (cells.isEmpty()) {
            var plain = begin("prose", heading);
            List.copyOf(body.childNodes()).forEach(plain::appendChild);
            return plain;
        }
        if (cells.size() > 1 || cells.first().parent() != body) {
            findings.add(new Finding(converted.source(), "section \"" + heading.id() + "\" has " + cells.size() + " cells",
                "Give each step a section of its own (==), with its one cell directly in it."));
        }
        return step(heading, body, cells.first());
    }

    private Element step(Element heading, Element body, Element cell) {
        var step = begin("step", heading);
        var question = new Element("div").addClass("question");
        var meaning = new Element("div").addClass("meaning");
        var part = question;
        for (var node : List.copyOf(body.childNodes())) {
            if (node == cell) {
                part = meaning;
            } else {
                part.appendChild(node);
            }
        }
        if (question.children().isEmpty()) {
            findings.add(new Finding(converted.source(), "step \"" + heading.id() + "\" asks nothing before its code",
                "Begin the step with what the reader should predict."));
        }
        meaning.select("> p:has(> em:first-child)").stream().filter(LessonPage::isAtWork).forEach(LessonPage::boxed);
        step.appendChild(question).append("\n").appendChild(cell).append("\n" + result(heading.id(), cell) + "\n").appendChild(meaning);
        return step;
    }

    private static boolean isAtWork(Element paragraph) {
        return paragraph.childNode(0) instanceof Element first && first.text().equals("At work:");
    }

    /** What to do at work stands in a box of its own, with the list or the code that it announces. */
    private static void boxed(Element advice) {
        var box = new Element("div").addClass("at-work");
        advice.before(box);
        for (var part = advice; part != null; ) {
            var next = part.text().strip().endsWith(":") ? part.nextElementSibling() : null;
            box.appendChild(part);
            part = next;
        }
    }

    private HtmlElement result(String id, Element cell) {
        var step = recording.flatMap(run -> run.step(id));
        if (step.isEmpty()) {
            return classed("div", "result unrecorded",
                tag("p", "Not recorded yet. Run it: ", tag("kbd", "./jbang lesson" + lesson.number() + " --only " + id)));
        }
        var origin = recording.orElseThrow().origin();
        return classed("div", "result", classed("p", "origin", "Result, recorded on " + origin), "\n",
            HtmlDrawing.draw(titled(step.get(), cell))).with("data-recorded", origin);
    }

    private static List<Output> titled(Recording.Step step, Element cell) {
        return cell.select("code[data-lang=sql]").isEmpty() ? step.outputs() : step.titled(cell.wholeText());
    }

    private static Element begin(String kind, Element heading) {
        var section = new Element("section").addClass(kind).attr("id", heading.id());
        section.appendElement("h2").html(heading.html());
        return section.append("\n");
    }

    private String demand(String name, String meaning) {
        return converted.attribute(name).orElseGet(() -> {
            findings.add(new Finding(converted.source(), 1, "the header has no :" + name + ":",
                "Add a line \":" + name + ": …\" below the title: " + meaning + "."));
            return "";
        });
    }
}

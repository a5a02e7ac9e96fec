package terminal.page;

import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;
import lesson.Lesson;
import lesson.Page.Section;
import org.jsoup.nodes.Element;
import terminal.drawing.CodeWrap;
import terminal.drawing.TextDrawing;
import terminal.drawing.Wrap;
import terminal.screen.TerminalWriter;

/** Prints a lesson piece by piece. What is printed when, and who waits for whom, is the affair of the view. */
public final class LessonPrinter {
    /** Lines of code that leave room for their question on 24 rows. */
    private static final int SHORT = 14;
    private final TerminalWriter writer;
    private boolean begun;
    private int linesBefore;
    /** Of this step. */
    private final List<Output> shown = new ArrayList<>();

    public LessonPrinter(TerminalWriter writer) {
        this.writer = writer;
    }

    /** Where it prints, for what is no part of the lesson. */
    public TerminalWriter writer() {
        return writer;
    }

    /** The first line: the lesson's number and title. */
    public void title(Lesson lesson) {
        var style = writer.style();
        writer.print(style.quiet("Lesson " + lesson.number()) + "  " + style.bold(LessonTitle.of(lesson)));
    }

    /** All that stands between the last step and the code of this one; the opening first of all. */
    public void upTo(LessonContent content, String step) {
        if (!begun) {
            begun = true;
            opening(content);
        }
        sections(content.leadingTo(step));
        step(content, step);
    }

    private void opening(LessonContent content) {
        if (content.hasPage()) {
            block(content.page().opening());
        } else {
            writer.print(writer.style().quiet("The text of this lesson is not built yet, so only its code is here; ./jbang docs builds it."));
        }
    }

    /** A sentence of the course itself, less prominent than the lesson's. */
    public void quiet(String line) {
        writer.print(Wrap.lines(writer.style().quiet(line), writer.style().measure()));
    }

    /** Prose between steps, with its headings. */
    public void sections(List<Section.Prose> sections) {
        for (var section : sections) {
            heading(section.title(), "");
            block(section.body());
        }
    }

    /** Heading, question and code of a step. */
    public void step(LessonContent content, String step) {
        var section = content.step(step);
        var title = section.map(Section.Step::title).orElse(step.replace('-', ' '));
        heading(title, content.position(step) + "/" + content.regions().size());
        section.ifPresent(found -> block(found.question()));
        writer.print("");
        code(content, step);
        writer.print("");
    }

    /** The question again, below code so long that the question has left a small terminal. */
    public void remind(LessonContent content, String step) {
        if (content.region(step).filter(region -> region.source().lines().count() > SHORT).isPresent()) {
            content.step(step).flatMap(LessonContent::question).ifPresent(words -> {
                quiet(words);
                writer.print("");
            });
        }
    }

    private void code(LessonContent content, String step) {
        var style = writer.style();
        var lines = content.freshCode(step).map(code -> Listing.lines(code, style))
            .or(() -> content.region(step).map(region -> PlainCode.lines(region.source(), region.language(), style)))
            .orElse(List.of());
        lines.stream().flatMap(line -> CodeWrap.lines(line, style.narrower(4).width()).stream()).forEach(line -> writer.print("    " + line));
    }

    /** What the step's result means. */
    public void meaning(LessonContent content, String step) {
        content.step(step).ifPresent(section -> block(section.meaning()));
    }

    /** Before the outputs of a step that runs again. */
    public void again(String step) {
        quiet("Again: " + step);
        linesBefore = 0;
        shown.clear();
    }

    /** What the step shows, with a line at its left so that it is not taken for text or code. */
    public void output(Output output) {
        var lines = TextDrawing.lines(output, shown, writer.style().narrower(2));
        shown.add(output);
        var margin = writer.style().in("accent", "┃");
        if (linesBefore > 0 && linesBefore + lines.size() > 2) {
            writer.print(margin); // sentences follow each other, tables and pictures do not
        }
        linesBefore = lines.size();
        lines.forEach(line -> writer.print((margin + " " + line).stripTrailing()));
    }

    /** The last words: where to practise, and what comes next. */
    public void end(Lesson lesson) {
        writer.print("");
        var exercises = lesson.home().exercises(lesson);
        var practise = exercises.isEmpty() ? "" : " Practise: ./jbang verify " + exercises.getFirst().id() + " --watch";
        quiet("The end of lesson " + lesson.number() + "." + practise);
    }

    /** Where to come back to. */
    public void left(Lesson lesson, LessonContent content, String step) {
        quiet("Left at step " + content.position(step) + "/" + content.regions().size() + ". Come back: ./jbang lesson"
            + lesson.number() + " --from " + content.position(step));
    }

    private void heading(String title, String position) {
        linesBefore = 0;
        shown.clear();
        var style = writer.style();
        writer.print("");
        var side = position.isEmpty() ? "" : style.quiet(position) + "  ";
        writer.print(Wrap.lines(side + style.bold(title), style.measure()));
    }

    private void block(Element body) {
        var lines = ProseText.lines(body, writer.style());
        if (!lines.isEmpty()) {
            writer.print("");
            writer.print(lines);
        }
    }
}

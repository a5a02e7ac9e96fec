package terminal.page;

import java.util.List;
import kernel.output.Output;
import lesson.Lesson;
import lesson.Page.Section;
import org.jsoup.nodes.Element;
import terminal.drawing.Drawing;
import terminal.drawing.Wrap;
import terminal.screen.Paper;

/** Prints a lesson piece by piece. What is printed when, and who waits for whom, is the stage's affair. */
public final class Narrator {
    /** Lines of code that leave room for their question on 24 rows. */
    private static final int SHORT = 14;
    private final Paper paper;
    private boolean begun;
    private int linesBefore;

    public Narrator(Paper paper) {
        this.paper = paper;
    }

    public Paper paper() {
        return paper;
    }

    public void title(Lesson lesson) {
        var pen = paper.pen();
        paper.print(pen.quiet("Lesson " + lesson.number()) + "  " + pen.bold(Title.of(lesson)));
    }

    /** All that stands between the last step and the code of this one; the opening first of all. */
    public void upTo(Story story, String step) {
        if (!begun) {
            begun = true;
            opening(story);
        }
        sections(story.leadingTo(step));
        step(story, step);
    }

    private void opening(Story story) {
        if (story.hasPage()) {
            block(story.page().opening());
        } else {
            paper.print(paper.pen().quiet("The text of this lesson is not built yet, so only its code is here; ./jbang docs builds it."));
        }
    }

    public void quiet(String line) {
        paper.print(Wrap.lines(paper.pen().quiet(line), paper.pen().measure()));
    }

    public void sections(List<Section.Prose> sections) {
        for (var section : sections) {
            heading(section.title(), "");
            block(section.body());
        }
    }

    /** Heading, question and code of a step. */
    public void step(Story story, String step) {
        var told = story.told(step);
        var title = told.map(Section.Step::title).orElse(step.replace('-', ' '));
        heading(title, story.position(step) + "/" + story.regions().size());
        told.ifPresent(section -> block(section.question()));
        paper.print("");
        code(story, step);
        paper.print("");
    }

    /** The question again, below code so long that the question has left a small terminal. */
    public void remind(Story story, String step) {
        if (story.region(step).filter(region -> region.source().lines().count() > SHORT).isPresent()) {
            story.told(step).flatMap(Story::question).ifPresent(words -> {
                quiet(words);
                paper.print("");
            });
        }
    }

    private void code(Story story, String step) {
        var pen = paper.pen();
        var lines = story.freshCode(step).map(code -> Listing.lines(code, pen))
            .or(() -> story.region(step).map(region -> PlainCode.lines(region.source(), region.language(), pen)))
            .orElse(List.of());
        lines.forEach(line -> paper.print("    " + line));
    }

    public void meaning(Story story, String step) {
        story.told(step).ifPresent(section -> block(section.meaning()));
    }

    /** Before the outputs of a step that runs again. */
    public void again(String step) {
        quiet("Again: " + step);
        linesBefore = 0;
    }

    /** What the step shows, with a line at its left so that it is not taken for text or code. */
    public void output(Output output) {
        var lines = Drawing.lines(output, paper.pen().narrower(2));
        var margin = paper.pen().in("accent", "┃");
        if (linesBefore > 0 && linesBefore + lines.size() > 2) {
            paper.print(margin); // sentences follow each other, tables and pictures do not
        }
        linesBefore = lines.size();
        lines.forEach(line -> paper.print((margin + " " + line).stripTrailing()));
    }

    /** The last words: where to practise, and what comes next. */
    public void end(Lesson lesson) {
        paper.print("");
        var exercises = lesson.home().exercises(lesson);
        var practise = exercises.isEmpty() ? "" : " Practise: ./jbang verify " + exercises.getFirst().id() + " --watch";
        quiet("The end of lesson " + lesson.number() + "." + practise);
    }

    /** Where to come back to. */
    public void left(Lesson lesson, Story story, String step) {
        quiet("Left at step " + story.position(step) + "/" + story.regions().size() + ". Come back: ./jbang lesson"
            + lesson.number() + " --from " + step);
    }

    private void heading(String title, String position) {
        linesBefore = 0;
        var pen = paper.pen();
        paper.print("");
        var side = position.isEmpty() ? "" : pen.quiet(position) + "  ";
        paper.print(Wrap.lines(side + pen.bold(title), pen.measure()));
    }

    private void block(Element body) {
        var lines = Prose.lines(body, paper.pen());
        if (!lines.isEmpty()) {
            paper.print("");
            paper.print(lines);
        }
    }
}

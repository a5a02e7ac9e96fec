package browser.export;

import book.Recording;
import book.drawing.HtmlDrawing;
import browser.notebook.NotebookCell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kernel.cell.Cell;
import kernel.output.Output;
import lesson.Lesson;
import lesson.Page;
import org.jsoup.nodes.Element;

/**
 * A notebook as it is exported: the lesson's text and the cells as the learner has them, in the order of the page.
 *
 * @param title of the lesson
 */
record ExportedDocument(Lesson lesson, String title, List<Part> parts) {

    /** A piece of the document. */
    sealed interface Part {
        /** @param id unique among the parts, letters, digits and dashes */
        record Text(String id, String title, Element html) implements Part { }

        record Code(Cell cell, int count, List<Shown> shown) implements Part { }
    }

    /** Something that a cell has shown or printed. {@code stream} is out or err where it was printed, else empty. */
    record Shown(String stream, String html, String text) { }

    /** @param notebookCells in the order of the page; one that the learner has not changed and not run has what was recorded */
    static ExportedDocument of(Lesson lesson, List<NotebookCell> notebookCells) throws IOException {
        var page = Page.of(lesson);
        var recording = Recording.read(lesson.recording());
        var parts = new ArrayList<Part>();
        add(parts, "opening", page.title(), page.opening());
        var rest = new LinkedHashMap<String, NotebookCell>();
        notebookCells.forEach(notebookCell -> rest.put(notebookCell.id, notebookCell));
        leading(rest).forEach(notebookCell -> parts.add(code(notebookCell, recording)));
        for (var section : page.sections()) {
            switch (section) {
                case Page.Section.Prose prose -> add(parts, prose.id(), prose.title(), prose.body());
                case Page.Section.Step step -> {
                    add(parts, step.id() + "-question", step.title(), step.question());
                    var cells = from(rest, step.id());
                    cells.stream().limit(1).forEach(notebookCell -> parts.add(code(notebookCell, recording)));
                    add(parts, step.id() + "-meaning", "", step.meaning());
                    cells.stream().skip(1).forEach(notebookCell -> parts.add(code(notebookCell, recording)));
                }
            }
        }
        rest.values().forEach(notebookCell -> parts.add(code(notebookCell, recording))); // where the page is older than the lesson
        return new ExportedDocument(lesson, page.title(), parts);
    }

    private static List<NotebookCell> leading(Map<String, NotebookCell> rest) {
        var leading = rest.values().stream().takeWhile(notebookCell -> notebookCell.scratch).toList();
        leading.forEach(notebookCell -> rest.remove(notebookCell.id));
        return leading;
    }

    /** The step's cell and the learner's own ones below it. */
    private static List<NotebookCell> from(Map<String, NotebookCell> rest, String step) {
        var from = rest.values().stream().dropWhile(notebookCell -> !notebookCell.id.equals(step)).toList();
        var cells = new ArrayList<NotebookCell>();
        for (var notebookCell : from) {
            if (!cells.isEmpty() && !notebookCell.scratch) {
                break;
            }
            cells.add(notebookCell);
        }
        cells.forEach(notebookCell -> rest.remove(notebookCell.id));
        return cells;
    }

    private static void add(List<Part> parts, String id, String title, Element html) {
        if (!title.isEmpty() || html.childrenSize() > 0) {
            parts.add(new Part.Text(id, title, html));
        }
    }

    private static Part code(NotebookCell notebookCell, Optional<Recording> recording) {
        var own = notebookCell.outputs.all().stream().map(ExportedDocument::shown).toList();
        var recorded = notebookCell.scratch || notebookCell.isEdited() || notebookCell.hasRun() ? List.<Shown>of()
            : recording.flatMap(run -> run.step(notebookCell.id)).map(step -> step.outputs().stream().map(ExportedDocument::shown).toList()).orElse(List.of());
        return new Part.Code(notebookCell.cell(), notebookCell.run, own.isEmpty() ? recorded : own);
    }

    private static Shown shown(Map<String, Object> output) {
        return output.get("kind").equals("print") ? new Shown((String) output.get("stream"), "", (String) output.get("text"))
            : drawn((String) output.get("html"));
    }

    private static Shown shown(Output output) {
        return drawn(HtmlDrawing.draw(output).toString());
    }

    private static Shown drawn(String html) {
        return new Shown("", html, PlainText.text(html));
    }

    /** The ids of the code, each once. */
    List<String> steps() {
        Set<String> steps = new HashSet<>();
        return parts.stream().filter(Part.Code.class::isInstance).map(part -> ((Part.Code) part).cell().id()).filter(steps::add).toList();
    }
}

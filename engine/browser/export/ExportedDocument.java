package browser.export;

import book.Recording;
import book.drawing.HtmlDrawing;
import browser.notebook.state.CellOutput;
import browser.notebook.state.CellState;
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

    /** @param cellStates in the order of the page; one that the learner has not changed and not run has what was recorded */
    static ExportedDocument of(Lesson lesson, List<CellState> cellStates) throws IOException {
        var page = Page.of(lesson);
        var recording = Recording.read(lesson.recording());
        var parts = new ArrayList<Part>();
        add(parts, "opening", page.title(), page.opening());
        var rest = new LinkedHashMap<String, CellState>();
        cellStates.forEach(cell -> rest.put(cell.id(), cell));
        leading(rest).forEach(cell -> parts.add(code(cell, recording)));
        for (var section : page.sections()) {
            switch (section) {
                case Page.Section.Prose prose -> add(parts, prose.id(), prose.title(), prose.body());
                case Page.Section.Step step -> {
                    add(parts, step.id() + "-question", step.title(), step.question());
                    var cells = from(rest, step.id());
                    cells.stream().limit(1).forEach(cell -> parts.add(code(cell, recording)));
                    add(parts, step.id() + "-meaning", "", step.meaning());
                    cells.stream().skip(1).forEach(cell -> parts.add(code(cell, recording)));
                }
            }
        }
        rest.values().forEach(cell -> parts.add(code(cell, recording))); // where the page is older than the lesson
        return new ExportedDocument(lesson, page.title(), parts);
    }

    private static List<CellState> leading(Map<String, CellState> rest) {
        var leading = rest.values().stream().takeWhile(cell -> cell.code().scratch()).toList();
        leading.forEach(cell -> rest.remove(cell.id()));
        return leading;
    }

    /** The step's cell and the learner's own ones below it. */
    private static List<CellState> from(Map<String, CellState> rest, String step) {
        var from = rest.values().stream().dropWhile(cell -> !cell.id().equals(step)).toList();
        var cells = new ArrayList<CellState>();
        for (var cell : from) {
            if (!cells.isEmpty() && !cell.code().scratch()) {
                break;
            }
            cells.add(cell);
        }
        cells.forEach(cell -> rest.remove(cell.id()));
        return cells;
    }

    private static void add(List<Part> parts, String id, String title, Element html) {
        if (!title.isEmpty() || html.childrenSize() > 0) {
            parts.add(new Part.Text(id, title, html));
        }
    }

    private static Part code(CellState cell, Optional<Recording> recording) {
        var own = cell.run().outputs().all().stream().map(ExportedDocument::shown).toList();
        var recorded = cell.code().scratch() || cell.code().isEdited() || cell.hasRun() ? List.<Shown>of()
            : recording.flatMap(run -> run.step(cell.id())).map(step -> step.outputs().stream().map(ExportedDocument::shown).toList()).orElse(List.of());
        return new Part.Code(cell.code().cell(), cell.run().number(), own.isEmpty() ? recorded : own);
    }

    private static Shown shown(CellOutput output) {
        return switch (output) {
            case CellOutput.Printed(int seq, String stream, String text) -> new Shown(stream, "", text);
            case CellOutput.Drawn drawn -> drawn(drawn.html());
        };
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

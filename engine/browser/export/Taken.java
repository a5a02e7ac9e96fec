package browser.export;

import book.Recording;
import book.drawing.Drawing;
import browser.notebook.Slot;
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
 * A notebook to be taken away: the lesson's text and the cells as the learner has them, in the order of the page.
 *
 * @param title of the lesson
 */
record Taken(Lesson lesson, String title, List<Part> parts) {

    /** One thing below the other. */
    sealed interface Part {
        /** @param id unique among the parts, letters, digits and dashes */
        record Text(String id, String title, Element html) implements Part { }

        record Code(Cell cell, int count, List<Shown> shown) implements Part { }
    }

    /** Something that a cell has shown or printed. {@code stream} is out or err where it was printed, else empty. */
    record Shown(String stream, String html, String text) { }

    /** @param slots as they are now; one that the learner has not changed and not run has what was recorded */
    static Taken of(Lesson lesson, List<Slot> slots) throws IOException {
        var page = Page.of(lesson);
        var recording = Recording.read(lesson.recording());
        var parts = new ArrayList<Part>();
        add(parts, "opening", page.title(), page.opening());
        var rest = new LinkedHashMap<String, Slot>();
        slots.forEach(slot -> rest.put(slot.id, slot));
        leading(rest).forEach(slot -> parts.add(code(slot, recording)));
        for (var section : page.sections()) {
            switch (section) {
                case Page.Section.Prose prose -> add(parts, prose.id(), prose.title(), prose.body());
                case Page.Section.Step step -> {
                    add(parts, step.id() + "-question", step.title(), step.question());
                    var cells = from(rest, step.id());
                    cells.stream().limit(1).forEach(slot -> parts.add(code(slot, recording)));
                    add(parts, step.id() + "-meaning", "", step.meaning());
                    cells.stream().skip(1).forEach(slot -> parts.add(code(slot, recording)));
                }
            }
        }
        rest.values().forEach(slot -> parts.add(code(slot, recording))); // where the page is older than the lesson
        return new Taken(lesson, page.title(), parts);
    }

    private static List<Slot> leading(Map<String, Slot> rest) {
        var leading = rest.values().stream().takeWhile(slot -> slot.scratch).toList();
        leading.forEach(slot -> rest.remove(slot.id));
        return leading;
    }

    /** The step's cell and the learner's own ones behind it. */
    private static List<Slot> from(Map<String, Slot> rest, String step) {
        var from = rest.values().stream().dropWhile(slot -> !slot.id.equals(step)).toList();
        var cells = new ArrayList<Slot>();
        for (var slot : from) {
            if (!cells.isEmpty() && !slot.scratch) {
                break;
            }
            cells.add(slot);
        }
        cells.forEach(slot -> rest.remove(slot.id));
        return cells;
    }

    private static void add(List<Part> parts, String id, String title, Element html) {
        if (!title.isEmpty() || html.childrenSize() > 0) {
            parts.add(new Part.Text(id, title, html));
        }
    }

    private static Part code(Slot slot, Optional<Recording> recording) {
        var own = slot.outputs.all().stream().map(Taken::shown).toList();
        var recorded = slot.scratch || slot.isEdited() || slot.hasRun() ? List.<Shown>of()
            : recording.flatMap(run -> run.step(slot.id)).map(step -> step.outputs().stream().map(Taken::shown).toList()).orElse(List.of());
        return new Part.Code(slot.cell(), slot.count, own.isEmpty() ? recorded : own);
    }

    private static Shown shown(Map<String, Object> output) {
        return output.get("kind").equals("print") ? new Shown((String) output.get("stream"), "", (String) output.get("text"))
            : drawn((String) output.get("html"));
    }

    private static Shown shown(Output output) {
        return drawn(Drawing.draw(output).toString());
    }

    private static Shown drawn(String html) {
        return new Shown("", html, Plain.text(html));
    }

    /** The ids of the code, each once. */
    List<String> steps() {
        Set<String> steps = new HashSet<>();
        return parts.stream().filter(Part.Code.class::isInstance).map(part -> ((Part.Code) part).cell().id()).filter(steps::add).toList();
    }
}

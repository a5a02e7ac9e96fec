package browser.notebook;

import browser.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kernel.cell.Cell;
import lesson.Lesson;
import lesson.Program;
import lesson.UnknownName;

/** The cells of a lesson and those that the learner has put between them, in the order of the page. */
final class NotebookCells {
    private final List<NotebookCell> slots = new ArrayList<>();
    private int lastScratch;

    static NotebookCells of(Lesson lesson) {
        var notebookCells = new NotebookCells();
        Program.regions(lesson.program()).forEach(region -> notebookCells.slots.add(NotebookCell.ofLesson(Cell.of(region))));
        return notebookCells;
    }

    List<NotebookCell> all() {
        return List.copyOf(slots);
    }

    /** @throws Refusal where there is no cell of that name */
    NotebookCell get(String id) {
        return slots.stream().filter(notebookCell -> notebookCell.id.equals(id)).findFirst().orElseThrow(() -> new Refusal(404,
            UnknownName.of("cell", id, slots.stream().map(notebookCell -> notebookCell.id).toList()).getMessage()));
    }

    boolean has(String id) {
        return slots.stream().anyMatch(notebookCell -> notebookCell.id.equals(id));
    }

    /** A new one of the learner's, directly behind another; at the end where that one is not there any more. */
    NotebookCell add(String after, Cell cell) {
        var notebookCell = NotebookCell.ofLearner(cell);
        slots.add(has(after) ? place(after) + 1 : after.isEmpty() ? 0 : slots.size(), notebookCell);
        return notebookCell;
    }

    /** The cell that this one stands behind; empty for the first. */
    String before(NotebookCell notebookCell) {
        var place = slots.indexOf(notebookCell);
        return place == 0 ? "" : slots.get(place - 1).id;
    }

    private int place(String id) {
        return slots.indexOf(get(id));
    }

    String newId() {
        String id;
        do {
            id = "scratch-" + ++lastScratch;
        } while (has(id));
        return id;
    }

    void remove(NotebookCell notebookCell) {
        slots.remove(notebookCell);
    }

    List<Map<String, Object>> view() {
        return slots.stream().map(this::view).toList();
    }

    Map<String, Object> view(NotebookCell notebookCell) {
        return notebookCell.view(before(notebookCell));
    }
}

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
    private final List<NotebookCell> cells = new ArrayList<>();
    private int lastScratch;

    static NotebookCells of(Lesson lesson) {
        var notebookCells = new NotebookCells();
        Program.regions(lesson.program()).forEach(region -> notebookCells.cells.add(NotebookCell.ofLesson(Cell.of(region))));
        return notebookCells;
    }

    List<NotebookCell> all() {
        return List.copyOf(cells);
    }

    /** @throws Refusal where there is no cell of that name */
    NotebookCell get(String id) {
        return cells.stream().filter(notebookCell -> notebookCell.id.equals(id)).findFirst().orElseThrow(() -> new Refusal(404,
            UnknownName.of("cell", id, cells.stream().map(notebookCell -> notebookCell.id).toList()).getMessage()));
    }

    boolean has(String id) {
        return cells.stream().anyMatch(notebookCell -> notebookCell.id.equals(id));
    }

    /** A new one of the learner's, directly below another; at the end where that one is no longer there. */
    NotebookCell add(String after, Cell cell) {
        var notebookCell = NotebookCell.ofLearner(cell);
        cells.add(has(after) ? indexOf(after) + 1 : after.isEmpty() ? 0 : cells.size(), notebookCell);
        return notebookCell;
    }

    /** The cell that this one stands below; empty for the first. */
    String before(NotebookCell notebookCell) {
        var index = cells.indexOf(notebookCell);
        return index == 0 ? "" : cells.get(index - 1).id;
    }

    private int indexOf(String id) {
        return cells.indexOf(get(id));
    }

    String newId() {
        String id;
        do {
            id = "scratch-" + ++lastScratch;
        } while (has(id));
        return id;
    }

    void remove(NotebookCell notebookCell) {
        cells.remove(notebookCell);
    }

    List<Map<String, Object>> view() {
        return cells.stream().map(this::view).toList();
    }

    Map<String, Object> view(NotebookCell notebookCell) {
        return notebookCell.view(before(notebookCell));
    }
}

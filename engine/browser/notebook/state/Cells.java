package browser.notebook.state;

import browser.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kernel.cell.Cell;
import lesson.UnknownName;

/**
 * The cells of a lesson and those that the learner has put between them.
 *
 * @param all     in the order of the page
 * @param scratch the number of the learner's last one
 */
public record Cells(List<CellState> all, int scratch) {
    public Cells {
        all = List.copyOf(all);
    }

    static Cells ofLesson(List<Cell> cells) {
        return new Cells(cells.stream().map(cell -> new CellState(CellCode.ofLesson(cell), CellRun.NONE)).toList(), 0);
    }

    /** @throws Refusal where there is no cell of that name */
    public CellState get(String id) {
        return find(id).orElseThrow(() -> new Refusal(404, UnknownName.of("cell", id, all.stream().map(CellState::id).toList()).getMessage()));
    }

    /** The cell of that name, if it is there. */
    public Optional<CellState> find(String id) {
        return all.stream().filter(cell -> cell.id().equals(id)).findFirst();
    }

    /** Whether there is a cell of that name. */
    public boolean has(String id) {
        return find(id).isPresent();
    }

    /** The cell that this one stands below; empty for the first. */
    public String before(String id) {
        var index = indexOf(id);
        return index <= 0 ? "" : all.get(index - 1).id();
    }

    /** Those above this one, in the order of the page. */
    public List<CellState> above(String id) {
        return all.subList(0, Math.max(0, indexOf(id)));
    }

    private int indexOf(String id) {
        return IntStream.range(0, all.size()).filter(i -> all.get(i).id().equals(id)).findFirst().orElse(-1);
    }

    /** With the next number that no cell has. */
    Cells named() {
        var free = IntStream.iterate(scratch + 1, number -> number + 1).filter(number -> !has("scratch-" + number)).findFirst().orElseThrow();
        return new Cells(all, free);
    }

    /** The name that the last new cell was given. */
    public String newest() {
        return "scratch-" + scratch;
    }

    /** With a new one of the learner's, directly below another; at the end where that one is no longer there. */
    Cells add(String after, CellCode code) {
        var more = new ArrayList<>(all);
        more.add(has(after) ? indexOf(after) + 1 : after.isEmpty() ? 0 : all.size(), new CellState(code, CellRun.NONE));
        return new Cells(more, scratch);
    }

    Cells replace(CellState by) {
        return new Cells(all.stream().map(cell -> cell.id().equals(by.id()) ? by : cell).toList(), scratch);
    }

    Cells remove(String id) {
        return new Cells(all.stream().filter(cell -> !cell.id().equals(id)).toList(), scratch);
    }

    Stream<CellState> busy() {
        return all.stream().filter(CellState::isBusy);
    }
}

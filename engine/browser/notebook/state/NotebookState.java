package browser.notebook.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kernel.cell.Cell;

/**
 * All that is known of an open notebook. It never changes: each event makes another one, which shares with it what stayed the same.
 *
 * @param rev       how often something was written
 * @param finished  what has run to its end on this database, in that order: a replay runs it again
 * @param warning   what was wrong with the file, for the first window
 * @param isClosed  whether nothing more is begun
 */
public record NotebookState(Cells cells, int rev, CellQueues queues, Staleness staleness, List<Cell> finished, Recovery recovery, RuntimeState runtime,
                            Optional<String> warning, boolean isClosed) {
    public NotebookState {
        finished = List.copyOf(finished);
    }

    /** A cell as it was written the last time. @param after the cell that one of the learner's own stands below */
    public record Written(String id, boolean scratch, String after, Cell.Language language, lab.Role role, String session, String source, int rev) { }

    /**
     * A notebook that was just opened.
     *
     * @param lesson  its cells, as given
     * @param written those that the learner has changed or added. One whose step the lesson no longer has becomes one of the learner's own
     * @param warning what was wrong with the file
     */
    public static NotebookState opened(List<Cell> lesson, int rev, List<Written> written, Optional<String> warning) {
        var cells = Cells.ofLesson(lesson);
        for (var one : written) {
            cells = with(cells, one);
        }
        return new NotebookState(cells, rev, CellQueues.NONE, Staleness.NONE, List.of(), Recovery.NONE, RuntimeState.NONE, warning, false);
    }

    private static Cells with(Cells cells, Written one) {
        if (!one.scratch() && cells.has(one.id())) {
            var cell = cells.get(one.id());
            return cells.replace(cell.with(cell.code().with(one.source(), one.rev())));
        }
        var named = cells.has(one.id()) || !one.scratch() ? cells.named() : cells;
        var id = named == cells ? one.id() : named.newest();
        return named.add(one.after(), CellCode.ofLearner(new Cell(id, one.language(), one.source(), one.role(), one.session(), ""), one.rev()));
    }

    /** The cell of that name. @throws browser.http.Refusal where there is none */
    public CellState cell(String id) {
        return cells.get(id);
    }

    /** A cell as the page knows it. @throws browser.http.Refusal where there is none */
    public CellView view(String id) {
        return CellView.of(cells, cells.get(id));
    }

    /** Whether the database is being replaced by a fresh one. */
    public boolean isRecovering() {
        return recovery.isRenewing();
    }

    /** Whether no cell runs or waits. */
    public boolean isIdle() {
        return !isRecovering() && cells.busy().findAny().isEmpty();
    }

    /** Whether there is anything that would be lost with the database. */
    public boolean hasRun() {
        return cells.all().stream().anyMatch(CellState::hasRun);
    }

    NotebookState with(Cells now) {
        return new NotebookState(now, rev, queues, staleness, finished, recovery, runtime, warning, isClosed);
    }

    NotebookState written(int revision) {
        return new NotebookState(cells, revision, queues, staleness, finished, recovery, runtime, warning, isClosed);
    }

    NotebookState with(CellQueues now) {
        return new NotebookState(cells, rev, now, staleness, finished, recovery, runtime, warning, isClosed);
    }

    NotebookState with(Staleness now) {
        return new NotebookState(cells, rev, queues, now, finished, recovery, runtime, warning, isClosed);
    }

    NotebookState with(Recovery now) {
        return new NotebookState(cells, rev, queues, staleness, finished, now, runtime, warning, isClosed);
    }

    NotebookState with(RuntimeState now) {
        return new NotebookState(cells, rev, queues, staleness, finished, recovery, now, warning, isClosed);
    }

    NotebookState warned() {
        return new NotebookState(cells, rev, queues, staleness, finished, recovery, runtime, Optional.empty(), isClosed);
    }

    NotebookState closed() {
        return new NotebookState(cells, rev, queues, staleness, finished, recovery, runtime, warning, true);
    }

    /** One that has finished before keeps its place. */
    NotebookState finished(Cell cell) {
        var place = IntStream.range(0, finished.size()).filter(i -> finished.get(i).id().equals(cell.id())).findFirst();
        var more = new ArrayList<>(finished);
        if (place.isPresent()) {
            more.set(place.getAsInt(), cell);
        } else {
            more.add(cell);
        }
        return finished(more);
    }

    NotebookState finished(List<Cell> now) {
        return new NotebookState(cells, rev, queues, staleness, now, recovery, runtime, warning, isClosed);
    }
}

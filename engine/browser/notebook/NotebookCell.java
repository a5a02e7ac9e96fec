package browser.notebook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kernel.cell.Cell;
import kernel.cell.CellResult;
import lab.Role;

/** A place of the notebook: a cell of the lesson or of the learner, as it is written now, and what came of running it. */
public final class NotebookCell {
    public final String id;
    public final boolean scratch;
    final String original;
    final String sqlState;
    public final CellOutputs outputs = new CellOutputs();
    Cell.Language language;
    Role role;
    String session;
    String source;
    int rev;
    CellStatus status = CellStatus.IDLE;
    /** Empty while the outputs are what the cells as they are now would give. */
    String staleReason = "";
    long ms;
    public int run;
    /** What the status was before the cell was queued. */
    CellStatus statusBeforeQueued = CellStatus.IDLE;
    /** Where the last run failed, 1-based; 0 for nowhere in particular. */
    int failedLine;
    Instant startedAt = Instant.EPOCH;
    Instant endedAt = Instant.EPOCH;
    /** How often somebody had asked to stop when it began. */
    int stopsAtStart;
    /** What a replay runs, where that is not what is written now. */
    Cell replay;

    private NotebookCell(Cell cell, boolean scratch) {
        this.id = cell.id();
        this.scratch = scratch;
        this.original = cell.source();
        this.sqlState = cell.sqlState();
        this.language = cell.language();
        this.role = cell.role();
        this.session = cell.session();
        this.source = cell.source();
    }

    static NotebookCell ofLesson(Cell cell) {
        return new NotebookCell(cell, false);
    }

    static NotebookCell ofLearner(Cell cell) {
        return new NotebookCell(cell, true);
    }

    /** As it would run now. What a lesson expects of its own statement, it does not expect of another. */
    public Cell cell() {
        return new Cell(id, language, source, role, session, isEdited() ? "" : sqlState);
    }

    void edit(String text, int revision) {
        source = text;
        rev = revision;
    }

    public boolean isEdited() {
        return !scratch && !source.equals(original);
    }

    public boolean hasRun() {
        return status == CellStatus.DONE || status == CellStatus.FAILED || status == CellStatus.STOPPED || status == CellStatus.LOST;
    }

    /**
     * A run begins.
     *
     * @param run   its number, counted over all cells
     * @param asked how often somebody had asked to stop
     * @return what runs
     */
    Cell begin(int run, int asked) {
        outputs.clear();
        status = CellStatus.RUNNING;
        run = run;
        stopsAtStart = asked;
        startedAt = Instant.now();
        failedLine = 0;
        staleReason = "";
        var cell = Optional.ofNullable(replay).orElseGet(this::cell);
        replay = null;
        return cell;
    }

    /** @param took in milliseconds */
    void end(CellResult cellResult, long took) {
        status = CellStatus.of(cellResult);
        endedAt = Instant.now();
        ms = took;
        failedLine = cellResult instanceof CellResult.Failed(int failed) ? failed : 0;
    }

    /** As after a reset of the database. */
    void forget() {
        outputs.clear();
        status = CellStatus.IDLE;
        staleReason = "";
        ms = 0;
        run = 0;
        failedLine = 0;
    }

    Map<String, Object> statusView() {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", id);
        view.put("status", status.word());
        view.put("stale", !staleReason.isEmpty());
        view.put("why", staleReason);
        view.put("ms", ms);
        view.put("count", run);
        view.put("line", failedLine);
        return view;
    }

    /** @param after the cell that it stands behind, empty for none */
    Map<String, Object> view(String after) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", id);
        view.put("place", scratch ? "scratch" : "step");
        view.put("after", scratch ? after : "");
        view.put("language", language.word());
        view.put("role", role.word());
        view.put("session", session);
        view.put("original", original);
        view.put("source", source);
        view.put("rev", rev);
        view.putAll(statusView());
        view.put("shapes", outputs.shapes());
        view.put("outputs", outputs.all());
        return view;
    }
}

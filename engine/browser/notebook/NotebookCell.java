package browser.notebook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kernel.cell.Cell;
import kernel.cell.CellResult;
import lab.Role;

/** A cell of the lesson or of the learner's own, as it is written now, and what came of running it. The notebook's lock guards it. */
public final class NotebookCell {
    public final String id;
    /** Whether it is one of the learner's own. */
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
    /** Why its outputs are stale; empty where they are not. */
    String staleReason = "";
    long ms;
    /** The number of its last run, counted over all cells; 0 for none. */
    public int run;
    CellStatus statusBeforeQueued = CellStatus.IDLE;
    /** Where the last run failed, 1-based; 0 for nowhere in particular. */
    int failedLine;
    Instant startedAt = Instant.EPOCH;
    Instant endedAt = Instant.EPOCH;
    /** How often somebody had asked to stop when it began. */
    int stopsAtStart;
    /** What a replay is to run, which may be different from what is written now; null for no replay. */
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

    /** As it would run now. A lesson expects an SQLSTATE of its own statement, not of one that was edited. */
    public Cell cell() {
        return new Cell(id, language, source, role, session, isEdited() ? "" : sqlState);
    }

    void edit(String text, int revision) {
        source = text;
        rev = revision;
    }

    /** Whether it is a cell of the lesson, but not as the lesson has it. */
    public boolean isEdited() {
        return !scratch && !source.equals(original);
    }

    /** Whether it has run since the database was made, to its end or not. */
    public boolean hasRun() {
        return status == CellStatus.DONE || status == CellStatus.FAILED || status == CellStatus.STOPPED || status == CellStatus.LOST;
    }

    /**
     * A run begins.
     *
     * @param run   its number, counted over all cells
     * @param stops how often somebody had asked to stop before
     * @return what runs
     */
    Cell begin(int run, int stops) {
        outputs.clear();
        status = CellStatus.RUNNING;
        this.run = run;
        stopsAtStart = stops;
        startedAt = Instant.now();
        failedLine = 0;
        staleReason = "";
        var cell = Optional.ofNullable(replay).orElseGet(this::cell);
        replay = null;
        return cell;
    }

    void end(CellResult cellResult, long ms) {
        status = CellStatus.of(cellResult);
        endedAt = Instant.now();
        this.ms = ms;
        failedLine = cellResult instanceof CellResult.Failed(int failed) ? failed : 0;
    }

    /** As if it had never run. */
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

    /** @param after the cell that it stands below, empty for none */
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

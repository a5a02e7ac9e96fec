package browser.notebook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kernel.cell.Cell;
import kernel.sql.SessionState;

/** Which cells wait for their turn, and behind which others. Used under the notebook's lock. */
final class CellQueues implements AutoCloseable {
    private static final String BESIDE = "beside";
    private final Object lock;
    private final SessionStatus tells;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final Function<NotebookCell, CellStatus> runs;
    private final Map<String, CellQueue> lanes = new HashMap<>();
    private int stops;

    CellQueues(Object lock, SessionStatus tells, ActiveKernel activeKernel, NotebookRuntime runtime, Function<NotebookCell, CellStatus> runs) {
        this.lock = lock;
        this.tells = tells;
        this.activeKernel = activeKernel;
        this.runtime = runtime;
        this.runs = runs;
    }

    /** Lets cells run one after the other. @return the last of them */
    Optional<QueuedCell> queue(List<NotebookCell> wanted) {
        QueuedCell last = null;
        for (var notebookCell : wanted) {
            if (notebookCell.status.isAtWork()) {
                continue;
            }
            notebookCell.before = notebookCell.status;
            notebookCell.status = CellStatus.QUEUED;
            tells.cell(notebookCell);
            var queue = lanes.computeIfAbsent(name(notebookCell), name -> new CellQueue(name, runs, this::abandon));
            last = last == null ? QueuedCell.alone(notebookCell, queue) : last.then(notebookCell, queue);
            queue.add(last);
        }
        return Optional.ofNullable(last);
    }

    /**
     * Where Java waits for a lock that an open transaction holds, the SQL that ends the transaction must not wait for Java.
     */
    private String name(NotebookCell notebookCell) {
        if (notebookCell.language != Cell.Language.SQL) {
            return "";
        }
        var isOpen = activeKernel.runsJava() && notebookCell.session.isEmpty() && runtime.sessions().stream().anyMatch(one ->
            one.name().isEmpty() && one.role().equals(notebookCell.role) && one.transaction() != SessionState.Transaction.IDLE);
        return isOpen ? BESIDE : notebookCell.session.isEmpty() ? "" : "session " + notebookCell.session;
    }

    private void abandon(NotebookCell notebookCell) {
        synchronized (lock) {
            if (notebookCell.status == CellStatus.QUEUED) {
                notebookCell.status = notebookCell.before;
                tells.cell(notebookCell);
            }
        }
    }

    /** Takes back what waits. */
    void takeBack() {
        lanes.values().forEach(queue -> queue.clear().forEach(this::abandon));
    }

    /** Takes back what waits, and what runs hears of it. */
    void stop() {
        takeBack();
        stops++;
    }

    /** How often somebody has asked to stop. */
    int stops() {
        return stops;
    }

    /** Whether somebody has asked to stop since the cell began. */
    boolean isStopped(NotebookCell notebookCell) {
        return notebookCell.stops < stops;
    }

    @Override public void close() {
        lanes.values().forEach(CellQueue::close);
    }
}

package browser.notebook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import kernel.cell.Cell;
import kernel.sql.SessionState;

/** Which cells wait for their turn, and after which others. Used under the notebook's lock. */
final class CellQueues implements AutoCloseable {
    private static final String BESIDE_JAVA = "beside Java";
    private final Object lock;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final NotebookRuntime runtime;
    private final Function<NotebookCell, CellStatus> execution;
    private final Map<String, CellQueue> queues = new HashMap<>();
    private int stops;

    CellQueues(Object lock, SessionStatus status, ActiveKernel activeKernel, NotebookRuntime runtime, Function<NotebookCell, CellStatus> execution) {
        this.lock = lock;
        this.status = status;
        this.activeKernel = activeKernel;
        this.runtime = runtime;
        this.execution = execution;
    }

    /** Lets cells run one after the other. @return how the last of them will have ended; nothing where none was added */
    Optional<CompletableFuture<CellStatus>> add(List<NotebookCell> wanted) {
        CellQueue.Entry last = null;
        for (var notebookCell : wanted) {
            if (notebookCell.status.isBusy()) {
                continue;
            }
            notebookCell.statusBeforeQueued = notebookCell.status;
            notebookCell.status = CellStatus.QUEUED;
            status.cell(notebookCell);
            last = queues.computeIfAbsent(name(notebookCell), name -> new CellQueue(name, execution, this::cancel)).add(notebookCell, last);
        }
        return Optional.ofNullable(last).map(CellQueue.Entry::ended);
    }

    /** Where Java waits for a lock that an open transaction holds, the SQL that ends the transaction must not wait for Java. */
    private String name(NotebookCell notebookCell) {
        if (notebookCell.language != Cell.Language.SQL) {
            return "";
        }
        var endsTransaction = activeKernel.runsJava() && notebookCell.session.isEmpty() && runtime.sessions().stream().anyMatch(one ->
            one.name().isEmpty() && one.role().equals(notebookCell.role) && one.transaction() != SessionState.Transaction.IDLE);
        return endsTransaction ? BESIDE_JAVA : notebookCell.session.isEmpty() ? "" : "session " + notebookCell.session;
    }

    private void cancel(NotebookCell notebookCell) {
        synchronized (lock) {
            if (notebookCell.status == CellStatus.QUEUED) {
                notebookCell.status = notebookCell.statusBeforeQueued;
                status.cell(notebookCell);
            }
        }
    }

    /** Takes back what waits. */
    void cancelWaiting() {
        queues.values().forEach(queue -> queue.cancelWaiting().forEach(this::cancel));
    }

    /** Takes back what waits; what runs can ask {@link #isStopped}. */
    void stop() {
        cancelWaiting();
        stops++;
    }

    /** How often somebody has asked to stop. */
    int stops() {
        return stops;
    }

    /** Whether somebody has asked to stop since the cell began. */
    boolean isStopped(NotebookCell notebookCell) {
        return notebookCell.stopsAtStart < stops;
    }

    @Override public void close() {
        queues.values().forEach(CellQueue::close);
    }
}

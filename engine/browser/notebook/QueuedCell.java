package browser.notebook;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A cell that waits for its turn or runs.
 *
 * @param behind the work that it follows because both were asked for at once; the same work where there is none
 */
record QueuedCell(NotebookCell notebookCell, CellQueue queue, CompletableFuture<CellStatus> ended, CompletableFuture<Void> begun, QueuedCell behind) {
    /** A statement that has not ended after this waits for somebody, most likely for the cell that comes next. */
    private static final int BLOCKED_AFTER_MS = 700;

    static QueuedCell alone(NotebookCell notebookCell, CellQueue queue) {
        return new QueuedCell(notebookCell, queue, new CompletableFuture<>(), new CompletableFuture<>(), null);
    }

    QueuedCell then(NotebookCell notebookCell, CellQueue queue) {
        return new QueuedCell(notebookCell, queue, new CompletableFuture<>(), new CompletableFuture<>(), this);
    }

    /** Waits for the work before it. @return whether that has not failed */
    boolean awaitTurn() throws InterruptedException {
        if (behind == null) {
            return true;
        }
        try {
            if (behind.queue == queue) {
                return behind.ended.get() == CellStatus.DONE;
            }
            java.util.concurrent.CompletableFuture.anyOf(behind.begun, behind.ended).get();
            return behind.queue.isNamed() ? behind.ended.get(BLOCKED_AFTER_MS, TimeUnit.MILLISECONDS) == CellStatus.DONE
                : behind.ended.get() == CellStatus.DONE;
        } catch (TimeoutException blocked) {
            return true;
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

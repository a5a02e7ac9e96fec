package browser.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs one cell after the other. The cells of the lesson share a queue; each named session has one of its own, so that a
 * session that waits for a lock does not keep the one from running that would release it.
 */
final class CellQueue implements AutoCloseable {
    private final String name;
    private final Function<NotebookCell, CellStatus> execution;
    private final Consumer<NotebookCell> cancellation;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;

    /**
     * A cell that waits for its turn or runs.
     *
     * @param previous the one that it follows because both were asked for at once; null for none
     */
    record Entry(NotebookCell notebookCell, CellQueue queue, Entry previous, CompletableFuture<Void> started, CompletableFuture<CellStatus> ended) {
        /** A statement that has not ended after this waits for somebody, most likely for the cell that comes next. */
        private static final int BLOCKED_AFTER_MS = 700;

        /** Waits for the previous cell. @return whether that has not failed */
        private boolean awaitTurn() throws InterruptedException {
            if (previous == null) {
                return true;
            }
            try {
                if (previous.queue != queue) {
                    CompletableFuture.anyOf(previous.started, previous.ended).get();
                    if (previous.queue.isOfSession()) {
                        return previous.ended.get(BLOCKED_AFTER_MS, TimeUnit.MILLISECONDS) == CellStatus.DONE;
                    }
                }
                return previous.ended.get() == CellStatus.DONE;
            } catch (TimeoutException blocked) {
                return true;
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /**
     * @param name         empty for the queue of the lesson's cells
     * @param execution    runs a cell to its end; interrupted only when the notebook closes
     * @param cancellation is told of a cell that does not get its turn, because the previous one failed
     */
    CellQueue(String name, Function<NotebookCell, CellStatus> execution, Consumer<NotebookCell> cancellation) {
        this.name = name;
        this.execution = execution;
        this.cancellation = cancellation;
        this.thread = Thread.ofVirtual().name("cells " + name).start(this::runAll);
    }

    private void runAll() {
        try {
            while (true) {
                run(waiting.take());
            }
        } catch (InterruptedException e) {
            cancelWaiting();
        }
    }

    private void run(Entry entry) throws InterruptedException {
        if (!entry.awaitTurn()) {
            cancellation.accept(entry.notebookCell());
            entry.ended().complete(CellStatus.STOPPED);
            return;
        }
        entry.started().complete(null);
        var status = CellStatus.STOPPED;
        try {
            status = execution.apply(entry.notebookCell());
        } finally {
            entry.ended().complete(status);
        }
    }

    private boolean isOfSession() {
        return !name.isEmpty();
    }

    /** @param previous see {@link Entry}; null for none */
    Entry add(NotebookCell notebookCell, Entry previous) {
        var entry = new Entry(notebookCell, this, previous, new CompletableFuture<>(), new CompletableFuture<>());
        waiting.add(entry);
        return entry;
    }

    /** Takes back what has not started. */
    List<NotebookCell> cancelWaiting() {
        var cancelled = new ArrayList<Entry>();
        waiting.drainTo(cancelled);
        cancelled.forEach(entry -> entry.ended().complete(CellStatus.STOPPED));
        return cancelled.stream().map(Entry::notebookCell).toList();
    }

    @Override public void close() {
        thread.interrupt();
    }
}

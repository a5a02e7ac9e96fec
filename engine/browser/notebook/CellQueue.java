package browser.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Runs one cell after the other. The cells of the lesson share a lane; each session that has a name has one of its own,
 * so that a session that waits for a lock does not keep the one from running that would release it.
 */
final class CellQueue implements AutoCloseable {
    private final String name;
    private final BlockingQueue<QueuedCell> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** @param runs runs a cell to its end and says how it ended; it is never interrupted for anything but the end of all */
    CellQueue(String name, Function<NotebookCell, CellStatus> runs, java.util.function.Consumer<NotebookCell> abandons) {
        this.name = name;
        this.thread = Thread.ofVirtual().name("lane " + name).start(() -> {
            try {
                while (true) {
                    run(waiting.take(), runs, abandons);
                }
            } catch (InterruptedException e) {
                waiting.forEach(queuedCell -> queuedCell.ended().complete(CellStatus.STOPPED));
            }
        });
    }

    private static void run(QueuedCell queuedCell, Function<NotebookCell, CellStatus> runs, java.util.function.Consumer<NotebookCell> abandons) throws InterruptedException {
        if (queuedCell.ended().isDone()) {
            return;
        }
        if (!queuedCell.awaitTurn()) {
            abandons.accept(queuedCell.notebookCell());
            queuedCell.ended().complete(CellStatus.STOPPED);
            return;
        }
        queuedCell.begun().complete(null);
        var how = CellStatus.STOPPED;
        try {
            how = runs.apply(queuedCell.notebookCell());
        } finally {
            queuedCell.ended().complete(how);
        }
    }

    boolean isNamed() {
        return !name.isEmpty();
    }

    void add(QueuedCell queuedCell) {
        waiting.add(queuedCell);
    }

    /** Takes back what has not begun. */
    List<NotebookCell> clear() {
        var left = new ArrayList<QueuedCell>();
        waiting.drainTo(left);
        left.forEach(queuedCell -> queuedCell.ended().complete(CellStatus.STOPPED));
        return left.stream().map(QueuedCell::notebookCell).toList();
    }

    @Override public void close() {
        thread.interrupt();
    }
}

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
final class Lane implements AutoCloseable {
    private final String name;
    private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** @param runs runs a cell to its end and says how it ended; it is never interrupted for anything but the end of all */
    Lane(String name, Function<Slot, Status> runs, java.util.function.Consumer<Slot> abandons) {
        this.name = name;
        this.thread = Thread.ofVirtual().name("lane " + name).start(() -> {
            try {
                while (true) {
                    run(waiting.take(), runs, abandons);
                }
            } catch (InterruptedException e) {
                waiting.forEach(work -> work.ended().complete(Status.STOPPED));
            }
        });
    }

    private static void run(Work work, Function<Slot, Status> runs, java.util.function.Consumer<Slot> abandons) throws InterruptedException {
        if (work.ended().isDone()) {
            return;
        }
        if (!work.awaitTurn()) {
            abandons.accept(work.slot());
            work.ended().complete(Status.STOPPED);
            return;
        }
        work.begun().complete(null);
        var how = Status.STOPPED;
        try {
            how = runs.apply(work.slot());
        } finally {
            work.ended().complete(how);
        }
    }

    boolean isNamed() {
        return !name.isEmpty();
    }

    void add(Work work) {
        waiting.add(work);
    }

    /** Takes back what has not begun. */
    List<Slot> clear() {
        var left = new ArrayList<Work>();
        waiting.drainTo(left);
        left.forEach(work -> work.ended().complete(Status.STOPPED));
        return left.stream().map(Work::slot).toList();
    }

    @Override public void close() {
        thread.interrupt();
    }
}

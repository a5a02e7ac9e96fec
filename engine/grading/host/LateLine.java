package grading.host;

import java.time.Duration;
import lab.Progress;

/** A line that is said only where the work takes longer than this. Closed when the work is done. */
final class LateLine implements AutoCloseable {
    private final Thread waiting;

    private LateLine(Thread waiting) {
        this.waiting = waiting;
    }

    static LateLine after(Duration patience, Progress progress, String line) {
        return new LateLine(Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(patience);
                progress.say(line);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // done in time
            }
        }));
    }

    @Override public void close() {
        waiting.interrupt();
    }
}

package lab;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that is done beside work that takes long, in a thread of its own. Closed when the work is over, from when on it is not done any more. */
public final class Meanwhile implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    private Meanwhile(Duration pause, boolean again, Runnable action) {
        thread = Thread.ofVirtual().name("meanwhile").start(() -> run(pause, again, action));
    }

    /** Once, where the work takes longer than {@code patience}. */
    public static Meanwhile after(Duration patience, Runnable action) {
        return new Meanwhile(patience, false, action);
    }

    /** As long as the work takes, each time after {@code pause}. */
    public static Meanwhile every(Duration pause, Runnable action) {
        return new Meanwhile(pause, true, action);
    }

    private void run(Duration pause, boolean again, Runnable action) {
        try {
            boolean due = true;
            while (due && !over.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                action.run();
                due = again;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the action is not being done any more. */
    @Override public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package browser.notebook;

import java.util.function.BooleanSupplier;

/** Does something at intervals as long as it is wanted. */
final class RepeatingTask {
    private final String name;
    private final int everyMs;
    private final BooleanSupplier wanted;
    private final Runnable action;
    private boolean isRunning;

    RepeatingTask(String name, int everyMs, BooleanSupplier wanted, Runnable action) {
        this.name = name;
        this.everyMs = everyMs;
        this.wanted = wanted;
        this.action = action;
    }

    /** Runs until it is no longer wanted. Does nothing where it runs already. */
    synchronized void start() {
        if (!isRunning) {
            isRunning = true;
            Thread.ofVirtual().name(name).start(this::repeat);
        }
    }

    private void repeat() {
        try {
            while (isWanted()) {
                action.run();
                Thread.sleep(everyMs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Synchronized with {@link #start}, which would else rely on a thread that is about to end. */
    private synchronized boolean isWanted() {
        isRunning = wanted.getAsBoolean();
        return isRunning;
    }
}

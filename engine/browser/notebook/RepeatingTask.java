package browser.notebook;

import java.util.function.BooleanSupplier;

/** Does something again and again while there is somebody to see it. */
final class RepeatingTask {
    private final String name;
    private final int everyMs;
    private final BooleanSupplier wanted;
    private final Runnable action;
    private boolean isRunning;

    RepeatingTask(String name, int everyMs, BooleanSupplier wanted, Runnable does) {
        this.name = name;
        this.everyMs = everyMs;
        this.wanted = wanted;
        this.action = does;
    }

    /** Goes on until it is wanted no more. Does nothing where it goes on already. */
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

    /** In one go with {@link #begin}, or one who begins now would find somebody who is just leaving. */
    private synchronized boolean isWanted() {
        isRunning = wanted.getAsBoolean();
        return isRunning;
    }
}

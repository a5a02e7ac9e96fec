package browser;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at who waits for whom while somebody wants to see it, and tells all windows. */
final class Watching {
    private static final int EVERY_MS = 500;
    private final Events events;
    private final Supplier<Optional<Object>> looks;
    private boolean on;
    private Thread thread;

    /** @param looks what is to be seen now; nothing where there is no database */
    Watching(Events events, Supplier<Optional<Object>> looks) {
        this.events = events;
        this.looks = looks;
    }

    synchronized void turn(boolean wanted) {
        on = wanted;
        if (on && (thread == null || !thread.isAlive())) {
            thread = Thread.ofVirtual().name("watch").start(this::watch);
        }
    }

    private synchronized boolean isWanted() {
        return on && events.count() > 0;
    }

    private void watch() {
        try {
            while (isWanted()) {
                look();
                Thread.sleep(EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            looks.get().ifPresent(seen -> events.tell("watch", seen));
        } catch (RuntimeException e) {
            events.tell("watch", Map.of("at", 0, "backends", java.util.List.of(), "says", String.valueOf(e.getMessage())));
        }
    }
}

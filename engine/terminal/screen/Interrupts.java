package terminal.screen;

import java.util.concurrent.atomic.AtomicReference;

/** What Ctrl-C means now: the end of the lesson, unless something is running that can be stopped by itself. */
public final class Interrupts {
    private static final int ENDED_BY_CTRL_C = 130;
    private final AtomicReference<Runnable> stop = new AtomicReference<>();

    /** Called by the terminal. */
    public void pressed() {
        var running = stop.get();
        System.out.println(); // after the ^C that the terminal has echoed, or after the hint of a pause
        if (running != null) {
            Thread.ofVirtual().start(running);
            return;
        }
        // Not in this thread: hooks of the JVM close the lab, and the terminal's own hook waits for its signals.
        Thread.ofPlatform().start(() -> System.exit(ENDED_BY_CTRL_C));
    }

    /** While the work runs, Ctrl-C stops it instead of the lesson. */
    public <T> T during(Runnable stopping, java.util.concurrent.Callable<T> work) throws Exception {
        stop.set(stopping);
        try {
            return work.call();
        } finally {
            stop.set(null);
        }
    }
}

package terminal.screen;

import java.util.concurrent.atomic.AtomicReference;

/** What Ctrl-C means now: the end of the lesson, unless something is running that can be stopped by itself. */
public final class Interrupts {
    private final AtomicReference<Runnable> stop = new AtomicReference<>();

    /** Called by the terminal. */
    public void pressed() {
        var running = stop.get();
        if (running == null) {
            CtrlC.press();
            return;
        }
        System.out.println(); // after the ^C that the terminal has echoed
        Thread.ofVirtual().start(running);
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

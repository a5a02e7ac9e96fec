package kernel.jshell;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks a cell to stop until it does: a loop may catch and ignore the interrupt. It gives up after a number of answers of the
 * child as well as after a time, because on a busy machine a cell that would stop has had no time to.
 */
final class StopAttempts {
    static final long MAX_MS = 4_000;
    private static final long TIMEOUT_MS = 800;
    private static final int MAX_ANSWERS = 15;
    private static final long BETWEEN_MS = 40;
    private final RemoteControl control;
    private final JavaCellRun run;
    private final AtomicInteger stillRunning = new AtomicInteger();

    StopAttempts(RemoteControl control, JavaCellRun run) {
        this.control = control;
        this.run = run;
    }

    /** @param cancel called at the first attempt, and once more, because the cell may have begun another statement meanwhile */
    boolean succeed(Runnable cancel) {
        var start = System.nanoTime();
        Thread.ofVirtual().start(this::ask);
        cancel.run();
        var again = true;
        for (var ms = 0L; ms < MAX_MS; ms = (System.nanoTime() - start) / 1_000_000) {
            if (run.isOverWithin(BETWEEN_MS)) {
                return true;
            }
            if (ms > TIMEOUT_MS && stillRunning.get() > MAX_ANSWERS) {
                break;
            }
            if (again && ms > TIMEOUT_MS / 2) {
                again = false;
                cancel.run();
            }
        }
        return run.isOverWithin(0);
    }

    private void ask() {
        try {
            do {
                if (control.isStopping()) {
                    stillRunning.incrementAndGet();
                }
            } while (!run.isOverWithin(BETWEEN_MS));
        } catch (IOException e) {
            // the child is gone, and the run with it
        }
    }
}

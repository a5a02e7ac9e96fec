package lab.os;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends processes that do not end by themselves. */
public final class Processes {
    private Processes() { }

    /** By force, with all that it started. Returns at once. */
    public static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /**
     * Waits for a process; one that needs longer is ended.
     *
     * @return whether it ended by itself
     */
    public static boolean endsWithin(Duration timeout, Process process) throws InterruptedException {
        var ended = process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (!ended) {
            end(process);
        }
        return ended;
    }
}

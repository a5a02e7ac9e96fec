package grading.host;

import grading.protocol.Limits;
import java.time.Duration;

/** How long an answer may still take: each check for itself, and all of them together. */
final class TimeBudget {
    private final Limits limits;
    private long totalEnd;
    private long checkStarted = System.nanoTime();
    private long checkEnd = checkStarted + Long.MAX_VALUE / 2; // compiling has no limit of its own

    TimeBudget(Limits limits) {
        this.limits = limits;
        begin();
    }

    /** The answer's time begins when what it needs is there: a server that starts slowly is not its fault. */
    void begin() {
        totalEnd = System.nanoTime() + limits.total().toNanos();
    }

    void nextCheck() {
        checkStarted = System.nanoTime();
        checkEnd = checkStarted + limits.check().toNanos();
    }

    /** Time that the answer spent waiting for us is not its own. */
    void extend(Duration waited) {
        checkEnd += waited.toNanos();
        totalEnd += waited.toNanos();
    }

    /** Nanoseconds; 0 or less when time is up. */
    long left() {
        return Math.min(checkEnd, totalEnd) - System.nanoTime();
    }

    /** Whether it is all checks together that took too long, and not the one that runs. */
    boolean isUsedUpTogether() {
        return System.nanoTime() < checkEnd;
    }

    /** Since the check began. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - checkStarted);
    }
}

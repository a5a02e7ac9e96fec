package grading.host;

import grading.report.Check.Cause;
import java.time.Duration;

/** What a learner reads when a verification did not end by itself. */
final class FailureMessages {
    /** With -XX:+ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    private FailureMessages() { }

    /** @param place the line of the answer that was running, or empty */
    static Cause notInTime(Duration limit, boolean together, String place) {
        return new Cause("The check did not end", "an end within " + limit.toSeconds() + " s" + (together ? " for all checks together" : ""),
            "still running; it was stopped",
            place.isEmpty() ? "It loops, or waits for a lock, a connection or a thread that never comes" : place + " is where it was busy", "");
    }

    /** @param place the line of the answer that called System.exit */
    static Cause exited(String place) {
        return new Cause("The answer ended the whole program", "a return to the caller", "System.exit", place, "");
    }

    /** The process is gone, and nothing announced it. */
    static Cause gone(int exitCode, int heapMb) {
        return exitCode == OUT_OF_MEMORY
            ? new Cause("The answer used up the memory", "less than " + heapMb + " MB", "more than the " + heapMb + " MB that an answer has",
                "What grows without an end?", "")
            : new Cause("The answer ended the whole program", "a return to the caller", "the program ended with exit code " + exitCode,
                "System.exit, Runtime.halt", "");
    }

    static Cause garbled() {
        return new Cause("The check reports its result", "a result", "something else on the same line", "What the answer writes past System.out", "");
    }

    /** @param why what does not fit */
    static Cause notOurs(String check, String why) {
        return new Cause("The report of the check " + check + " did not come from the course's own code", "one report, when the check has ended", why,
            "What the answer does besides its task", "");
    }

    static Cause died(String failure, String place) {
        return new Cause("", "an end of the check", failure, place, "");
    }
}

package grading.worker;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Threads that an answer left running. A worker with any is not used again. */
final class LeftoverThreads {
    private static final int GRACE_MS = 60;
    private static final int NAP_MS = 5;
    private static final Pattern OF_THE_JVM = Pattern.compile("PostgreSQL-JDBC-.*|ForkJoinPool.*|Common-Cleaner|Cleaner-.*"
        + "|VirtualThread-unparker.*|VirtualThread-unblocker|CompletableFutureDelayScheduler|process reaper.*|Attach Listener|Read-Poller|Write-Poller"
        + "|MasterPoller|pool-.*-poller|junit-.*|C1 CompilerThread.*|C2 CompilerThread.*|DestroyJavaVM|Signal Dispatcher");

    private LeftoverThreads() { }

    static Set<Thread> now() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Names of threads that were not there before; those that are about to end get a moment to do so. */
    static List<Thread> since(Set<Thread> before) throws InterruptedException {
        var end = System.nanoTime() + GRACE_MS * 1_000_000L;
        while (true) {
            var left = Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> !before.contains(e.getKey()) && !OF_THE_JVM.matcher(e.getKey().getName()).matches()
                    || carries(e.getValue()))
                .map(java.util.Map.Entry::getKey).filter(Thread::isAlive).toList();
            if (left.isEmpty() || System.nanoTime() > end) {
                return left;
            }
            Thread.sleep(NAP_MS);
        }
    }

    /** A virtual thread is running on it at this moment. Parked ones hold nothing that the host does not take away. */
    private static boolean carries(StackTraceElement[] frames) {
        return Arrays.stream(frames).anyMatch(frame -> frame.getMethodName().equals("runContinuation"));
    }
}

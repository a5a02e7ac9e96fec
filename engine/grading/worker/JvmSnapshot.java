package grading.worker;

import grading.protocol.WorkerReport.LeftThread;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;

/** What one answer may change for the next in the same JVM: settings, which are put back, and threads, which cannot be. */
record JvmSnapshot(Properties properties, Locale locale, TimeZone zone, Set<Thread> threads) {
    private static final int GRACE_MS = 60;
    private static final int POLL_MS = 5;
    private static final Pattern OF_THE_JVM = Pattern.compile("PostgreSQL-JDBC-.*|ForkJoinPool.*|Common-Cleaner|Cleaner-.*"
        + "|VirtualThread-unparker.*|VirtualThread-unblocker|CompletableFutureDelayScheduler|process reaper.*|Attach Listener|Read-Poller|Write-Poller"
        + "|MasterPoller|pool-.*-poller|junit-.*|C1 CompilerThread.*|C2 CompilerThread.*|DestroyJavaVM|Signal Dispatcher");

    static JvmSnapshot now() {
        return new JvmSnapshot((Properties) System.getProperties().clone(), Locale.getDefault(), TimeZone.getDefault(),
            Thread.getAllStackTraces().keySet());
    }

    void restore() {
        System.setProperties(properties);
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    /** Threads that were not there and still run; those that are about to end get a moment to do so. */
    List<LeftThread> threadsSince() throws InterruptedException {
        var end = System.nanoTime() + GRACE_MS * 1_000_000L;
        while (true) {
            var left = Thread.getAllStackTraces().entrySet().stream().filter(e -> isNew(e.getKey()) || carries(e.getValue()))
                .map(Map.Entry::getKey).filter(Thread::isAlive).toList();
            if (left.isEmpty() || System.nanoTime() > end) {
                return left.stream().map(thread -> new LeftThread(thread.getName(), thread.isDaemon())).toList();
            }
            Thread.sleep(POLL_MS);
        }
    }

    private boolean isNew(Thread thread) {
        return !threads.contains(thread) && !OF_THE_JVM.matcher(thread.getName()).matches();
    }

    /** A virtual thread is running on it at this moment. Parked ones hold nothing that the host does not take away. */
    private static boolean carries(StackTraceElement[] frames) {
        return Arrays.stream(frames).anyMatch(frame -> frame.getMethodName().equals("runContinuation"));
    }
}

package grading;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kernel.output.Failures;

/** Work of an answer on a thread of its own, so that a check can look while it waits. */
public final class Task<T> {
    private static final int MIN_ASKED = 50;

    private final FutureTask<T> work;
    private final Thread thread;

    private Task(Callable<T> work) {
        this.work = new FutureTask<>(work);
        this.thread = Thread.ofPlatform().daemon().unstarted(this.work);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    }

    /** Starts the work on a thread of its own, which keeps no JVM alive. */
    public static <T> Task<T> start(Callable<T> work) {
        var task = new Task<>(work);
        task.thread.start();
        return task;
    }

    /**
     * Starts all of them at once, waits until they have ended, and returns the outcome of each, in their order.
     *
     * @param limit for all together; one that has not ended by then is interrupted
     */
    public static <T> List<Outcome<T>> race(Duration limit, List<? extends Callable<T>> racers) throws InterruptedException {
        var start = new CyclicBarrier(racers.size());
        var tasks = racers.stream().map(racer -> Task.<T>start(() -> {
            start.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            return racer.call();
        })).toList();
        var end = System.nanoTime() + limit.toNanos();
        var outcomes = new ArrayList<Outcome<T>>();
        for (var task : tasks) {
            outcomes.add(task.outcome(Duration.ofNanos(Math.max(1, end - System.nanoTime()))));
        }
        return outcomes;
    }

    /** Whether it has ended, in whatever way. */
    public boolean isDone() {
        return work.isDone();
    }

    /** Whether it waits, for a lock, a queue or a socket's answer in Java; a socket's read itself counts as running. */
    public boolean isWaiting() {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    /** Interrupts its thread. Returns at once. */
    public void interrupt() {
        thread.interrupt();
    }

    /** What came of it. Where it has not ended in time it is interrupted, and that is what came of it. */
    public Outcome<T> outcome(Duration limit) throws InterruptedException {
        try {
            return new Outcome.Value<>(work.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return new Outcome.Failed<>(e.getCause());
        } catch (TimeoutException e) {
            var place = Expect.place(thread.getStackTrace());
            thread.interrupt();
            return new Outcome.StillRunning<>(place);
        }
    }

    /** What came of work. */
    public sealed interface Outcome<T> {
        record Value<T>(T value) implements Outcome<T> {
            @Override public String toString() {
                return DisplayValue.value(value);
            }
        }

        record Failed<T>(Throwable failure) implements Outcome<T> {
            @Override public String toString() {
                return Expect.described(failure);
            }
        }

        /** @param place ", in Answer.java:12", or empty */
        record StillRunning<T>(String place) implements Outcome<T> {
            @Override public String toString() {
                return "still running" + place;
            }
        }

        /** The SQLSTATE of the failure, wherever in its causes; empty where it did not fail by SQL. */
        default String sqlState() {
            return this instanceof Failed<T>(var failure) ? Failures.sqlState(failure) : "";
        }
    }

    /** Until the condition holds; false where it did not in time. It is asked some times at least: while a machine stands still, nobody had time. */
    public static boolean until(Duration limit, Condition condition) throws Exception {
        var end = System.nanoTime() + limit.toNanos();
        for (int asked = 0; asked < MIN_ASKED || System.nanoTime() < end; asked++, Thread.sleep(2)) {
            if (condition.holds()) {
                return true;
            }
        }
        return condition.holds();
    }

    /** What is waited for. */
    public interface Condition {
        /** Is asked again and again; should be quick. */
        boolean holds() throws Exception;
    }

    /**
     * Waits until a session waits for a lock of another one, or the task has ended without.
     *
     * @param pid of the backend that should wait, {@link Sql#pid}
     * @return whether it waits
     */
    public boolean waitsForLock(Clone clone, int pid, Duration limit) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            return until(limit, () -> isDone() || isBlocked(observer, pid)) && !isDone();
        }
    }

    private static boolean isBlocked(Connection observer, int pid) throws SQLException {
        return (Boolean) Rows.query(observer, "select cardinality(pg_blocking_pids(?)) > 0", pid).values().getFirst().getFirst();
    }
}

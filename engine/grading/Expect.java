package grading;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What verifiers say. Each call names what is expected in words, what came, and what to look at: a learner reads all of
 * it. "What to look at" points the way and does not give the answer away.
 */
public final class Expect {
    private Expect() { }

    /** Work that may fail. */
    public interface Work {
        void run() throws Exception;
    }

    /** Two values are equal. */
    public static void equal(String what, Object expected, Object actual, String lookAt) {
        if (!Objects.deepEquals(expected, actual)) {
            throw new Mismatch(what, expected, actual, lookAt);
        }
    }

    /**
     * Something holds.
     *
     * @param expected in words, "at most 10 connections"
     * @param actual   in words or as a figure, "27 connections"
     */
    public static void that(String what, boolean holds, Object expected, Object actual, String lookAt) {
        if (!holds) {
            throw new Mismatch(what, expected, actual, lookAt);
        }
    }

    /** The same rows, in any order: column names, then how many, then which. */
    public static void table(String what, Rows expected, Rows actual, String lookAt) {
        TableComparison.anyOrder(expected, actual).ifPresent(d -> {
            throw new Mismatch(what, d.expected(), d.actual(), lookAt);
        });
    }

    /** The same rows in the same order, for tasks that ask for an order. */
    public static void tableInOrder(String what, Rows expected, Rows actual, String lookAt) {
        TableComparison.inOrder(expected, actual).ifPresent(d -> {
            throw new Mismatch(what, d.expected(), d.actual(), lookAt);
        });
    }

    /**
     * PostgreSQL refuses the work with this SQLSTATE, anywhere in the chain of causes.
     *
     * @return what was thrown, to look at its constraint or message
     */
    public static SQLException sqlState(String what, String sqlState, Work work, String lookAt) {
        try {
            work.run();
        } catch (Exception e) {
            for (Throwable at = e; at != null; at = at.getCause()) {
                if (at instanceof SQLException sql && sqlState.equals(sql.getSQLState())) {
                    return sql;
                }
            }
            throw (Mismatch) new Mismatch(what, "SQLSTATE " + sqlState, described(e), lookAt).initCause(e);
        }
        throw new Mismatch(what, "SQLSTATE " + sqlState, "no error at all", lookAt);
    }

    /** Like {@link #within(String, Duration, Callable, String)}, with nothing particular to look at. */
    public static <T> T within(String what, Duration limit, Callable<T> work) throws Exception {
        return within(what, limit, work, "Does it wait for a lock, a connection or a thread that never comes?");
    }

    /** Runs the work on another thread, and waits no longer than the limit. What the work throws is thrown. */
    public static <T> T within(String what, Duration limit, Callable<T> work, String lookAt) throws Exception {
        var task = new FutureTask<>(work);
        var thread = Thread.ofPlatform().daemon().name("within " + DisplayValue.value(limit)).unstarted(task);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            var at = place(thread.getStackTrace());
            thread.interrupt();
            throw new Mismatch(what, "an end within " + DisplayValue.value(limit), "it still runs" + at, lookAt);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The innermost line of code in the unnamed package, where answers and verifiers are. */
    private static String place(StackTraceElement[] frames) {
        return Arrays.stream(frames).filter(frame -> !frame.getClassName().contains(".")).findFirst()
            .map(frame -> ", in " + frame.getFileName() + ":" + frame.getLineNumber()).orElse("");
    }

    /** The work ends without an error. */
    public static void works(String what, Work work, String lookAt) {
        try {
            work.run();
        } catch (Exception e) {
            throw (Mismatch) new Mismatch(what, "no error", described(e), lookAt).initCause(e);
        }
    }

    private static String described(Exception failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return "SQLSTATE " + sql.getSQLState() + ", " + sql.getMessage();
            }
        }
        return failure.toString();
    }
}

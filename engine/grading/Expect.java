package grading;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kernel.output.Failures;
import lab.SqlErrors;

/**
 * What verifiers say. Each call names what is expected in words, what came, and what to look at: a learner reads all of
 * it. "What to look at" points the way and does not give the answer away.
 */
public final class Expect {
    private Expect() { }

    /** Work that may fail. */
    public interface Work {
        /** May fail in any way. */
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

    /**
     * The work takes about as long as the task says: at least nearly {@code limit}, and not half as long again. For bounds of a second
     * and more; what is shorter cannot be measured reliably.
     */
    public static void lasts(String what, Duration limit, Work work, String lookAt) throws Exception {
        var start = System.nanoTime();
        work.run();
        var took = Duration.ofNanos(System.nanoTime() - start);
        that(what, took.compareTo(limit.multipliedBy(9).dividedBy(10)) >= 0 && took.compareTo(limit.multipliedBy(14).dividedBy(10)) <= 0,
            "about " + DisplayValue.value(limit), DisplayValue.value(took), lookAt);
    }

    /** The work fails with this very object: not wrapped, not replaced by what went wrong afterwards. */
    public static void passesOn(String what, Throwable failure, Work work, String lookAt) {
        try {
            work.run();
        } catch (Throwable thrown) {
            that(what, thrown == failure, "the very object: " + described(failure), described(thrown), lookAt);
            return;
        }
        throw new Mismatch(what, "the very object: " + described(failure), "no failure at all", lookAt);
    }

    /** The connection is as it was lent. */
    public static void asLent(String what, ConnectionState lent, ConnectionState returned, String lookAt) {
        equal(what, List.of(), returned.changesSince(lent), lookAt);
    }

    /**
     * Of all that the database is made of, only this has changed.
     *
     * @param expected regular expressions for what a change may be, found anywhere in its sentence: "new: index app\\.orders_open "
     */
    public static void nothingElseChanged(String what, CatalogSnapshot before, CatalogSnapshot after, String lookAt, String... expected) {
        var allowed = Arrays.stream(expected).map(java.util.regex.Pattern::compile).toList();
        var others = after.changesSince(before).stream().filter(change -> allowed.stream().noneMatch(a -> a.matcher(change).find())).toList();
        equal(what, List.of(), others, lookAt);
    }

    /** The innermost line of code in the unnamed package, where answers and verifiers are. */
    static String place(StackTraceElement[] frames) {
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

    /** The first SQL error in the chain of causes, else the failure itself. */
    static String described(Throwable failure) {
        return Failures.sqlException(failure).map(SqlErrors::describe).orElseGet(failure::toString);
    }
}

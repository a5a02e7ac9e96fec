package script;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import kernel.output.Failures;
import kernel.output.Numbers;
import kernel.output.Output;

/** Claims and their checks. */
final class Claims {
    private static final long TIMEOUT_NANOS = 10_000_000_000L;

    private Claims() { }

    static Exception fails(Script.Work work) {
        try {
            work.run();
        } catch (Exception e) {
            return e;
        }
        throw new LessonFailed("this fails", "it went well");
    }

    static String outcome(Script.Work work) {
        try {
            work.run();
            return "accepted";
        } catch (Exception e) {
            var state = Failures.sqlState(e);
            if (!state.isEmpty()) {
                return state;
            }
            throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
    }

    static void expect(String claim, boolean holds) {
        if (!holds) {
            throw new LessonFailed(claim, "it does not hold");
        }
        LessonRun.current().show(new Output.Claim(claim, ""));
    }

    static <T> void expect(String claim, T expected, T actual) {
        check(claim, Objects.equals(expected, actual), text(actual));
    }

    static <T> void expect(String claim, T actual, Predicate<T> holds) {
        check(claim, holds.test(actual), text(actual));
    }

    private static String text(Object actual) {
        return actual instanceof Double figure ? Numbers.rounded(figure) : String.valueOf(actual);
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + TIMEOUT_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new LessonFailed(what, "not so after 10 s");
            }
            Thread.sleep(5);
        }
    }

    private static void check(String claim, boolean holds, String actual) {
        if (!holds) {
            throw new LessonFailed(claim, actual);
        }
        LessonRun.current().show(new Output.Claim(claim, actual));
    }
}

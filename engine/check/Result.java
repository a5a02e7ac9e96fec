package check;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One thing that was checked: its name as a sentence, and, where it failed, what is wrong and what to do.
 *
 * @param message where it passed only when it was tried once more: why it failed at first
 * @param took    zero where nobody looked at the clock
 */
public record Result(String name, boolean passed, String message, Duration took) {

    /** @param name a sentence that is true now */
    public static Result passed(String name) {
        return new Result(name, true, "", Duration.ZERO);
    }

    /** @param message what is wrong, which value, what to do */
    public static Result failed(String name, String message) {
        return new Result(name, false, message, Duration.ZERO);
    }

    /** Passed when there is nothing to say. */
    public static Result of(String name, List<String> complaints) {
        return complaints.isEmpty() ? passed(name) : failed(name, String.join("\n", complaints));
    }

    /**
     * What was checked, and once more where something of it failed: a machine that others use stands still now and then, longer than any
     * limit in a test. What passes at one of the two has passed, and says so ({@link #isUnstable}).
     */
    public static List<Result> ofTwoTries(Supplier<List<Result>> check) {
        return orAgain(check.get(), check);
    }

    /** The same, where it has been tried. @param again tries what failed, or all of it */
    static List<Result> orAgain(List<Result> first, Supplier<List<Result>> again) {
        if (first.stream().allMatch(Result::passed)) {
            return first;
        }
        var second = again.get().stream().collect(Collectors.toMap(Result::name, Function.identity(), (one, other) -> other));
        return first.stream().map(result -> result.passed() ? result : result.after(second.getOrDefault(result.name(), result))).toList();
    }

    /** Whether it failed at first, and passed when it was tried once more. */
    public boolean isUnstable() {
        return passed && !message.isEmpty();
    }

    private Result after(Result second) {
        return second.passed() ? new Result(name, true, message, second.took()) : second;
    }

    /** The same, with the time since then. @param started of {@link System#nanoTime} */
    public Result since(long started) {
        return new Result(name, passed, message, Duration.ofNanos(System.nanoTime() - started));
    }
}

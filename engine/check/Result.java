package check;

import java.time.Duration;
import java.util.List;

/**
 * One thing that was checked: its name as a sentence, and, where it failed, what is wrong and what to do.
 *
 * @param took zero where nobody looked at the clock
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

    /** The same, with the time since then. @param started of {@link System#nanoTime} */
    public Result since(long started) {
        return new Result(name, passed, message, Duration.ofNanos(System.nanoTime() - started));
    }
}

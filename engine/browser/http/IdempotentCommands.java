package browser.http;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Carries out each command once. A page that got no answer sends its command again, and does not know whether it arrived the
 * first time; then it gets the answer of that time.
 */
public final class IdempotentCommands {
    /** A page tries three times, within a second or two. */
    private static final int REMEMBERED = 64;
    private final LinkedHashMap<String, FutureTask<Object>> begun = new LinkedHashMap<>();

    /**
     * Runs a command, or waits for the same one that runs already.
     *
     * @param name unique to this command; without one it is always run
     * @return what the page gets to know at once: a record
     * @throws Refusal as it was refused the first time
     */
    public Object run(Optional<String> name, Callable<Object> command) throws InterruptedException {
        var task = new FutureTask<>(command);
        var first = name.map(known -> firstOf(known, task)).orElse(task);
        if (first == task) {
            task.run();
        }
        try {
            return first.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        }
    }

    private synchronized FutureTask<Object> firstOf(String name, FutureTask<Object> task) {
        var first = begun.computeIfAbsent(name, key -> task);
        if (begun.size() > REMEMBERED) {
            begun.pollFirstEntry();
        }
        return first;
    }
}

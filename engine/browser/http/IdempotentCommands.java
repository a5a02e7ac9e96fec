package browser.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Commands, and what became of each: a page whose command got no answer sends it again, and does not know whether it came
 * the first time. Then it gets the answer of that time.
 */
public final class IdempotentCommands {
    /** A page gives up after three times within a second or two. */
    private static final int REMEMBERED = 64;
    private final LinkedHashMap<String, FutureTask<Map<String, Object>>> begun = new LinkedHashMap<>();

    /**
     * Runs a command, or waits for the same one that runs already.
     *
     * @param name the page's own for this command alone; without one it is always run
     * @throws Refusal as it was refused the first time
     */
    public Map<String, Object> run(Optional<String> name, Callable<Map<String, Object>> command) throws InterruptedException {
        var task = new FutureTask<>(command);
        var first = name.map(one -> firstOf(one, task)).orElse(task);
        if (first == task) {
            task.run();
        }
        try {
            return first.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        }
    }

    private synchronized FutureTask<Map<String, Object>> firstOf(String name, FutureTask<Map<String, Object>> task) {
        var first = begun.computeIfAbsent(name, one -> task);
        if (begun.size() > REMEMBERED) {
            begun.pollFirstEntry();
        }
        return first;
    }
}

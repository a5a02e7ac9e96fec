package script;

import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What a lesson has opened. Ctrl-C closes it too: folders and containers must not outlive the lesson. */
final class OpenResources {
    private final Deque<AutoCloseable> resources = new ConcurrentLinkedDeque<>();
    private final Thread shutdown = new Thread(this::close, "lesson-shutdown");

    OpenResources() {
        Runtime.getRuntime().addShutdownHook(shutdown);
    }

    void add(AutoCloseable resource) {
        resources.push(resource);
    }

    /** Closes everything, the last first, and gives the first failure. */
    Optional<Exception> end() {
        var first = close();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdown);
        } catch (IllegalStateException e) {
            // the JVM is ending, and the hook finds nothing left to close
        }
        return first;
    }

    private Optional<Exception> close() {
        Optional<Exception> first = Optional.empty();
        for (var resource = resources.poll(); resource != null; resource = resources.poll()) {
            try {
                resource.close();
            } catch (Exception e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        return first;
    }
}

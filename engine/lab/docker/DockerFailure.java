package lab.docker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.LabException;
import org.testcontainers.containers.output.OutputFrame;

/**
 * Listens to a container that is starting, to tell why it failed. Afterwards it is too late: Testcontainers removes it
 * and explains itself with all of its environment, passwords included.
 */
final class DockerFailure implements Consumer<OutputFrame> {
    private static final int LAST_LINES = 5;
    private static final int MAX_OF_A_CAUSE = 150;
    private final Deque<String> lastLines = new ArrayDeque<>();

    @Override public synchronized void accept(OutputFrame frame) {
        frame.getUtf8String().lines().filter(line -> !line.isBlank()).forEach(lastLines::add);
        while (lastLines.size() > LAST_LINES) {
            lastLines.remove();
        }
    }

    /** What went wrong with a container of this image. */
    LabException explain(String image, RuntimeException failure) {
        var causes = Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause).toList();
        var known = causes.stream().filter(LabException.class::isInstance).map(Throwable::getMessage).findFirst();
        return new LabException("the image " + image + " did not give a running server: "
            + known.orElseGet(() -> "its container did not come up (" + shortly(causes.getLast()) + ")") + lastOutput(), failure);
    }

    /** Enough to tell a refusal of the engine from a wait that took too long, and too little to hold the environment. */
    private static String shortly(Throwable cause) {
        var line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return cause.getClass().getSimpleName() + ": " + line.substring(0, Math.min(MAX_OF_A_CAUSE, line.length()));
    }

    private synchronized String lastOutput() {
        return lastLines.isEmpty() ? "" : "; its last output:\n" + List.copyOf(lastLines).stream()
            .map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}

package lab.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Reads what processes write, and ends those that do not end by themselves.
 *
 * <p>Their output is read in threads of the system. A virtual thread that waits for a pipe keeps the thread that carries it. The
 * JVM puts another one in its place, ends that after 30 quiet seconds, and makes none again while the pipes are open: with as many
 * silent processes as processors, no virtual thread ever goes on (tried with two, on JDK 25.0.3).
 */
public final class Processes {
    private static final Duration SHORT = Duration.ofSeconds(10);

    private Processes() { }

    /** Starts a thread that reads a pipe and keeps no JVM alive. */
    public static Thread readPipe(Runnable reads) {
        return Thread.ofPlatform().daemon().name("pipe").start(reads);
    }

    /** All that comes until the process ends. Fails with {@link java.io.UncheckedIOException} where the pipe breaks. */
    static CompletableFuture<String> text(BufferedReader pipe) {
        return CompletableFuture.supplyAsync(() -> pipe.lines().collect(Collectors.joining("\n")), Processes::readPipe);
    }

    /** By force, with all that it started. Its guards live on for the moment that they need to stop their servers. Returns at once. */
    public static void end(Process process) {
        end(process.toHandle());
    }

    /** The same for all that this process has started. */
    public static void endChildren() {
        ProcessHandle.current().children().filter(child -> !Guard.is(child)).forEach(Processes::end);
    }

    private static void end(ProcessHandle process) {
        process.children().filter(child -> !Guard.is(child)).forEach(Processes::end);
        process.destroyForcibly();
    }

    /** Whether a program starts, and ends well within ten seconds. What it says is lost. */
    static boolean endsWell(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return endsWithin(SHORT, process) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits for a process; one that needs longer is ended.
     *
     * @return whether it ended by itself
     */
    public static boolean endsWithin(Duration timeout, Process process) throws InterruptedException {
        var ended = process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (!ended) {
            end(process);
        }
        return ended;
    }
}

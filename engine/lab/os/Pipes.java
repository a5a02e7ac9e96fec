package lab.os;

import java.io.BufferedReader;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Reads the output of processes, in threads of the system. A virtual thread that waits for a pipe keeps the thread that carries
 * it. The JVM puts another one in its place, ends that after 30 quiet seconds, and makes none again while the pipes are
 * open: with as many silent processes as processors, no virtual thread ever goes on (tried with two, on JDK 25.0.3).
 */
public final class Pipes {
    private Pipes() { }

    /** Starts a thread that reads and keeps no JVM alive. */
    public static Thread read(Runnable reads) {
        return Thread.ofPlatform().daemon().name("pipe").start(reads);
    }

    /** All that comes until the process ends. Fails with {@link java.io.UncheckedIOException} where the pipe breaks. */
    static CompletableFuture<String> text(BufferedReader pipe) {
        return CompletableFuture.supplyAsync(() -> pipe.lines().collect(Collectors.joining("\n")), Pipes::read);
    }
}

package kernel.jshell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kernel.jshell.child.Frame;
import lab.os.Pipes;
import lab.os.Processes;

/** The JVM of one page. It hears from us on the loopback address, knows us by a secret, and ends when we do. */
final class ChildProcess {
    private static final int SECONDS_TO_END = 4;
    private static final int SECONDS_TO_TRAIN = 180;
    private static final int STRAY_KEPT = 4_000;
    private static final int FIRST_HEAP_MB = 16;
    private static final int YOUNG_HEAP_MB = 8;
    private static final int TRIM_MS = 10_000;
    private final Process process;
    private final StringBuffer stray = new StringBuffer();
    private volatile Connection connection;

    private ChildProcess(Process process) {
        this.process = process;
        Pipes.read(this::drain);
    }

    /** Starts it and waits until it has called back. */
    static ChildProcess start(int heapMb, Consumer<Frame> hearer) throws IOException {
        try (var listener = ChildListener.open()) {
            var child = new ChildProcess(new ProcessBuilder(command(heapMb, listener.port())).redirectErrorStream(true).start());
            try {
                child.process.getOutputStream().write(listener.secret());
                child.process.getOutputStream().flush();
                child.connection = listener.admit(child.process::isAlive, child::describe, hearer);
                return child;
            } catch (IOException | RuntimeException e) {
                child.process.destroyForcibly();
                throw e;
            }
        }
    }

    private static List<String> command(int heapMb, int port) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ChildCache.options());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx" + heapMb + "m", "-Xss2m",
            // By itself a JVM takes a sixty-fourth of the machine at once, and fills it before it looks for garbage.
            "-Xms" + FIRST_HEAP_MB + "m", "-Xmn" + YOUNG_HEAP_MB + "m", "-XX:TrimNativeHeapInterval=" + TRIM_MS,
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "-jar", KernelJar.of(System.getProperty("java.class.path")).toString(), String.valueOf(port)));
        return command;
    }

    Connection connection() {
        return connection;
    }

    private void drain() {
        try (var in = process.getInputStream()) {
            var buffer = new byte[1024];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                if (stray.length() < STRAY_KEPT) {
                    stray.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // the process is gone
        }
    }

    /** What the JVM itself has said, for a message. */
    String describe() {
        return stray.isEmpty() ? "" : ": " + stray.toString().strip();
    }

    boolean isAlive() {
        return process.isAlive() && !connection.isGone();
    }

    long pid() {
        return process.pid();
    }

    /** The exit code, -1 while the process still closes what its cells have opened. */
    int exitCode() {
        try {
            return process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Returns at once. The process closes what its cells have opened, and is ended by force where that takes too long. */
    void end() {
        connection.close();
        Thread.ofPlatform().daemon().name("child-end").start(this::awaitEnd);
    }

    /** Waits for {@link #end}, within bounds. */
    void awaitEnd() {
        try {
            if (!process.waitFor(ChildCache.isTraining() ? SECONDS_TO_TRAIN : SECONDS_TO_END, TimeUnit.SECONDS)) {
                Processes.end(process);
                process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

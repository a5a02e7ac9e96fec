package kernel.jshell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jvm.AotCache;
import jvm.ChildJvm;
import jvm.Frame;
import lab.os.Processes;

/**
 * The JVM of one page. It calls back on the loopback address, and ends when the connection does. Its standard streams are not for
 * messages, as a worker's are: a cell may run when another message cannot wait, so there are two connections.
 */
final class ChildProcess {
    private static final int SECONDS_TO_END = 4;
    private static final int MAX_OUTPUT = 4_000;
    private static final int FIRST_HEAP_MB = 16;
    private static final int YOUNG_HEAP_MB = 8;
    private static final int TRIM_MS = 10_000;
    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private volatile Connection connection;

    private ChildProcess(Process process) {
        this.process = process;
        Processes.readPipe(this::drain);
    }

    /**
     * Starts it and waits until it has called back.
     *
     * @param receiver gets what a cell prints and shows
     * @throws lab.LabException where it ends at once, or does not call in time
     */
    static ChildProcess start(int heapMb, Consumer<Frame> receiver) throws IOException {
        try (var listener = ChildListener.open()) {
            var child = new ChildProcess(command(heapMb, listener.port()).redirectErrorStream(true).start());
            try {
                listener.secret().sendTo(child.process.getOutputStream());
                child.connection = listener.accept(child.process::isAlive, child::describe, receiver);
                return child;
            } catch (IOException | RuntimeException e) {
                child.process.destroyForcibly();
                throw e;
            }
        }
    }

    /** Its options are its own, and not those of this JVM: its AOT cache is made with them, and a page needs little memory. */
    private static ProcessBuilder command(int heapMb, int port) {
        return ChildJvm.plain().with(AotCache.KERNEL.options())
            .with(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx" + heapMb + "m", "-Xss2m",
                // By itself a JVM takes a sixty-fourth of the machine at once, and fills it before it looks for garbage.
                "-Xms" + FIRST_HEAP_MB + "m", "-Xmn" + YOUNG_HEAP_MB + "m", "-XX:TrimNativeHeapInterval=" + TRIM_MS,
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"))
            .running(KernelJar.of(System.getProperty("java.class.path")), List.of(String.valueOf(port)));
    }

    Connection connection() {
        return connection;
    }

    private void drain() {
        try (var in = process.getInputStream()) {
            var buffer = new byte[1024];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                if (output.length() < MAX_OUTPUT) {
                    output.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // the process is gone
        }
    }

    /** What the JVM itself has printed, for a message. */
    String describe() {
        return output.isEmpty() ? "" : ": " + output.toString().strip();
    }

    /** Whether it can run cells. */
    boolean isAlive() {
        return process.isAlive() && !connection.isGone();
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
            if (!process.waitFor(AotCache.KERNEL.isTraining() ? AotCache.TRAINING_END.toSeconds() : SECONDS_TO_END, TimeUnit.SECONDS)) {
                Processes.end(process);
                process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package kernel.jshell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kernel.jshell.child.Child;
import kernel.jshell.child.Frame;
import lab.LabException;

/** The JVM of one page. It hears from us on the loopback address, knows us by a secret, and ends when we do. */
final class ChildProcess {
    private static final int PATIENCE_MS = 20_000;
    private static final int HANDSHAKE_MS = 2_000;
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
        Thread.ofVirtual().start(this::drain);
    }

    /** Starts it and waits until it has called back. */
    static ChildProcess start(int heapMb, Consumer<Frame> hearer) throws IOException {
        var secret = HexFormat.of().formatHex(random()).getBytes(StandardCharsets.US_ASCII);
        try (var door = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            var child = new ChildProcess(new ProcessBuilder(command(heapMb, door.getLocalPort())).redirectErrorStream(true).start());
            try {
                child.greet(door, secret, hearer);
                return child;
            } catch (IOException | RuntimeException e) {
                child.process.destroyForcibly();
                throw e;
            }
        }
    }

    private static byte[] random() {
        var bytes = new byte[Child.SECRET_BYTES / 2];
        new SecureRandom().nextBytes(bytes);
        return bytes;
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

    /** Anybody on this machine may knock; only who knows the secret is let in. */
    private void greet(ServerSocket door, byte[] secret, Consumer<Frame> hearer) throws IOException {
        process.getOutputStream().write(secret);
        process.getOutputStream().flush();
        var end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        door.setSoTimeout(200);
        Socket orders = null;
        Socket urgent = null;
        while (orders == null || urgent == null) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new LabException("the JVM for cells " + (process.isAlive() ? "does not answer" : "ended at its start") + words());
            }
            try {
                var caller = door.accept();
                switch (role(caller, secret)) {
                    case Child.ORDERS -> orders = caller;
                    case Child.URGENT -> urgent = caller;
                    default -> caller.close();
                }
            } catch (SocketTimeoutException e) {
                // not yet
            }
        }
        connection = new Connection(orders, urgent, hearer);
    }

    private static byte role(Socket caller, byte[] secret) throws IOException {
        try {
            caller.setSoTimeout(HANDSHAKE_MS);
            caller.setTcpNoDelay(true);
            var said = caller.getInputStream().readNBytes(secret.length + 1);
            caller.setSoTimeout(0);
            return said.length == secret.length + 1 && MessageDigest.isEqual(secret, java.util.Arrays.copyOf(said, secret.length))
                ? said[secret.length] : 0;
        } catch (SocketTimeoutException e) {
            return 0;
        }
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
    String words() {
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
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

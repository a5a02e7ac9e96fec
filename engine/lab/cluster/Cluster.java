package lab.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.IntSupplier;
import lab.LabException;
import lab.os.Guard;
import lab.os.IoErrors;
import lab.os.Waiting;

/**
 * A running {@code postgres} on a data folder. A guard stands between it and this JVM: it waits on a pipe whose other
 * end the JVM holds, and stops the server when the pipe closes, whether the JVM ended well, crashed or was killed.
 *
 * <p>{@code pg_ctl} is not used to start and stop because it looks only every 100 ms, four times as long as
 * PostgreSQL needs to start.
 */
final class Cluster implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int PORTS_TO_TRY = 5;

    private final Process guard;
    private final Path folder;
    private final int port;

    private Cluster(Process guard, Path folder, int port) {
        this.guard = guard;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts PostgreSQL on {@code folder/data} and returns when it accepts connections.
     *
     * @param binaries the folder with {@code bin/postgres}
     * @param ending   what the guard does with {@code folder} when the server has stopped
     */
    static Cluster start(Path binaries, Path folder, Map<String, String> settings, Guard.Ending ending) {
        return start(binaries, folder, settings, ending, Cluster::freePort);
    }

    /** @param ports gives ports to try, one after the other; another program may have taken one before PostgreSQL does */
    static Cluster start(Path binaries, Path folder, Map<String, String> settings, Guard.Ending ending, IntSupplier ports) {
        var refused = new ArrayList<String>();
        for (int attempt = 0; attempt < PORTS_TO_TRY; attempt++) {
            var port = ports.getAsInt();
            try {
                return start(binaries, folder, port, settings, ending);
            } catch (PortTaken taken) {
                refused.add(Integer.toString(port));
            }
        }
        throw new LabException("PostgreSQL found the ports " + String.join(", ", refused) + " taken, one after the other."
            + " Something on this machine takes every free port; look with `ss -ltnp`");
    }

    private static Cluster start(Path binaries, Path folder, int port, Map<String, String> settings,
                                 Guard.Ending ending) throws PortTaken {
        var command = ClusterCommand.counting(binaries, folder, port, settings);
        var cluster = new Cluster(Guard.start(command, folder, ending), folder, port);
        try {
            cluster.awaitReady();
            return cluster;
        } catch (PortTaken | RuntimeException e) {
            Guard.releaseTo(Guard.Ending.KEEP, cluster.guard); // the next attempt needs it
            throw e;
        }
    }

    int port() {
        return port;
    }

    Path log() {
        return folder.resolve(Guard.LOG);
    }

    private void awaitReady() throws PortTaken {
        var postmaster = PostmasterFile.in(folder.resolve("data"));
        var end = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
            if (postmaster.isReady()) {
                return;
            }
            if (Files.exists(folder.resolve(Guard.EXITED))) {
                throw failure();
            }
            Waiting.briefly();
        }
        throw new LabException("PostgreSQL did not become ready within " + TIMEOUT.toSeconds() + " s. Its log:\n" + logText());
    }

    private LabException failure() throws PortTaken {
        var text = logText();
        if (text.contains("Address already in use") || text.contains("could not create any TCP/IP sockets")) {
            throw new PortTaken();
        }
        return IoErrors.with("PostgreSQL could not start", folder, text, "PostgreSQL ended while it was starting. Its log:\n" + text);
    }

    private String logText() {
        try {
            return String.join("\n", Files.readAllLines(log()));
        } catch (IOException e) {
            return ""; // there is none, or it cannot be read
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LabException("this machine gives no free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /** Whether the server has ended by itself. */
    boolean hasEnded() {
        return Files.exists(folder.resolve(Guard.EXITED)) || !guard.isAlive();
    }

    /** Stops the server; its folder ends so. */
    void end(Guard.Ending ending) {
        Guard.releaseTo(ending, guard);
    }

    /** Stops the server at once, and leaves its folder to the caller. What was not checkpointed is lost. */
    void stop() {
        end(Guard.Ending.LEAVE);
    }

    /** Stops the server; its folder ends as was said when it started. */
    @Override public void close() {
        Guard.release(guard);
    }

    /** Another program took the port after it was found free. */
    private static final class PortTaken extends Exception { }
}

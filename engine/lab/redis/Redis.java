package lab.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lab.LabException;
import lab.Progress;
import lab.Server;
import lab.os.Waiting;

/** A real Redis of this run alone: empty, protected by a password, storing nothing on disk, gone when it is closed. */
public final class Redis implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int CONNECT_MS = 1_000;
    private final String host;
    private final int port;
    private final String password;
    private final AutoCloseable running;

    Redis(String host, int port, String password, AutoCloseable running) {
        this.host = host;
        this.port = port;
        this.password = password;
        this.running = running;
    }

    /**
     * Starts one of the same kind as the server beside it: in a container where that runs in Docker, else as a process.
     *
     * @throws LabException if this machine has none, with what to do
     */
    public static Redis beside(Server server, Progress progress) throws LabException {
        return server.container().isPresent() ? DockerRedis.start(progress) : RedisProcess.start(progress);
    }

    /** Has its program here from now on, for {@link #beside} a server that runs in no container. */
    public static void fetch(Progress progress) throws LabException {
        RedisBinary.find(progress);
    }

    /** The host at which it listens, for clients on this machine. */
    public String host() {
        return host;
    }

    /** The port at which it listens. */
    public int port() {
        return port;
    }

    /** The password of its default user. */
    public String password() {
        return password;
    }

    /** {@code redis://:password@host:port/0}, for {@code new JedisPooled(uri)} and its like. */
    public String uri() {
        return "redis://:" + password + "@" + host + ":" + port + "/0";
    }

    /** Waits, 30 s at most, until it accepts its password; gives up as soon as {@code alive} says that it has ended. */
    Redis awaitReady(java.util.function.BooleanSupplier alive) throws LabException {
        var end = System.nanoTime() + TIMEOUT.toNanos();
        while (!answers()) {
            if (!alive.getAsBoolean()) {
                throw new Ended();
            }
            if (System.nanoTime() > end) {
                throw new LabException("Redis at " + host + ":" + port + " did not answer within " + TIMEOUT.toSeconds() + " s");
            }
            Waiting.briefly();
        }
        return this;
    }

    /** It has ended instead of becoming ready. */
    static final class Ended extends LabException {
        Ended() {
            super("Redis ended while it was starting");
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            socket.setSoTimeout(CONNECT_MS);
            socket.getOutputStream().write(("AUTH " + password + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII).equals("+OK");
        } catch (IOException e) {
            return false; // not yet
        }
    }

    @Override public void close() {
        try {
            running.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LabException("could not remove what Redis at " + host + ":" + port + " left: " + e.getMessage(), e);
        }
    }

    @Override public String toString() {
        return "Redis at " + host + ":" + port;
    }
}

package lab.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import lab.LabException;
import lab.Login;

/**
 * A server that is farther away: a TCP proxy on this machine, in front of a server, that adds a latency. Half of it is
 * added in each direction. Every piece of data is on its way for that long, counted from its own arrival, and pieces
 * follow each other: what is sent at once arrives at once. Only waiting for answers takes longer, not volume.
 */
public final class SlowNetwork implements AutoCloseable {
    private static final Pattern PLACE = Pattern.compile("//(\\[[^]]+]|[^:/,]+):(\\d+)");
    private static final int MAX_CONNECTIONS = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final long oneWayNanos;
    private final Login login;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private SlowNetwork(Login near, Duration roundTrip) throws IOException {
        var place = PLACE.matcher(near.url());
        if (!place.find()) {
            throw new LabException("the URL " + near.url() + " names no host and port, so no network can be put in front of it");
        }
        server = new InetSocketAddress(place.group(1), Integer.parseInt(place.group(2)));
        oneWayNanos = roundTrip.toNanos() / 2;
        listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        login = new Login(place.replaceFirst("//127.0.0.1:" + listener.getLocalPort()), near.user(), near.password());
        Thread.ofVirtual().name("slow-network").start(this::receive);
    }

    /**
     * Starts a proxy in front of a server.
     *
     * @param near      the server, with host and port
     * @param roundTrip how much longer an exchange of question and answer takes; it may be zero
     * @throws LabException where the login names no port, or this machine has none free
     */
    public static SlowNetwork before(Login near, Duration roundTrip) {
        try {
            return new SlowNetwork(near, roundTrip);
        } catch (IOException e) {
            throw new LabException("this machine gives no free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /** The same role on the same database, at the far end of the network. */
    public Login login() {
        return login;
    }

    private void receive() {
        try {
            while (true) {
                var client = listener.accept();
                if (open.size() >= 2 * MAX_CONNECTIONS) {
                    client.close();
                } else {
                    Thread.ofVirtual().start(() -> connect(client));
                }
            }
        } catch (IOException e) {
            // closed: no more connections
        }
    }

    private void connect(Socket client) {
        var far = new Socket();
        open.add(client);
        open.add(far);
        try {
            far.connect(server, (int) TIMEOUT.toMillis());
            client.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            var there = Thread.ofVirtual().start(stream(client, far)::carry);
            stream(far, client).carry();
            there.join();
        } catch (IOException e) {
            // the server does not answer: the client sees its connection closed, as on a real network
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect(client);
            disconnect(far);
            if (listener.isClosed()) { // closed while this connection was being made
                close();
            }
        }
    }

    private DelayedStream stream(Socket from, Socket to) {
        return new DelayedStream(from, to, oneWayNanos, this::disconnect);
    }

    private void disconnect(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // closed is what it should be
        }
    }

    /** Ends all connections that go through it. */
    @Override public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // closed is what it should be
        }
        open.forEach(this::disconnect);
    }
}

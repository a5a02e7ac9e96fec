package lab.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import lab.LabException;
import lab.Login;

/**
 * A server that is farther away: a TCP proxy on this machine, in front of a server, that adds a latency. Half of it is
 * added in each direction. Every piece of data is on its way for that long, counted from its own arrival, and pieces
 * follow each other: what is sent at once arrives at once. Only waiting for answers takes longer, not volume.
 */
public final class SlowNetwork implements AutoCloseable {
    private final long oneWayNanos;
    private final Proxy proxy;

    private SlowNetwork(Login near, Duration roundTrip) {
        oneWayNanos = roundTrip.toNanos() / 2;
        proxy = Proxy.before(near, this::serve);
    }

    /**
     * Starts a proxy in front of a server.
     *
     * @param near      the server, with host and port
     * @param roundTrip how much longer an exchange of question and answer takes; it may be zero
     * @throws LabException where the login names no port, or this machine has none free
     */
    public static SlowNetwork before(Login near, Duration roundTrip) {
        return new SlowNetwork(near, roundTrip);
    }

    /** The same role on the same database, at the far end of the network. */
    public Login login() {
        return proxy.login();
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        var far = proxy.connect();
        try {
            client.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Proxy.bothWays(stream(client, far)::carry, stream(far, client)::carry);
        } finally {
            proxy.disconnect(far);
        }
    }

    private DelayedStream stream(Socket from, Socket to) {
        return new DelayedStream(from, to, oneWayNanos, proxy::disconnect);
    }

    /** Ends all connections that go through it. */
    @Override public void close() {
        proxy.close();
    }
}

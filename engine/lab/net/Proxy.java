package lab.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lab.LabException;
import lab.Login;

/** A port of this machine in front of a server. What is done with a client that arrives there, each in a thread of its own, is its owner's. */
public final class Proxy implements AutoCloseable {
    private static final int MAX_SOCKETS = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private final Login behind;
    private final InetSocketAddress server;
    private final Service service;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is done with a client. */
    public interface Service {
        /** Returns when the client has been served, or fails when one end is gone; its connection ends then. */
        void serve(Socket client) throws IOException, GeneralSecurityException, InterruptedException;
    }

    private Proxy(Login behind, Service service) throws IOException {
        this.behind = behind;
        this.service = service;
        server = ServerPlace.of(behind).address();
        listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    /**
     * Lets clients arrive from now on.
     *
     * @param behind the server, with host and port
     * @throws LabException where the login names no port, or this machine has none free
     */
    public static Proxy before(Login behind, Service service) {
        try {
            var proxy = new Proxy(behind, service);
            Thread.ofVirtual().name("proxy").start(proxy::receive);
            return proxy;
        } catch (IOException e) {
            throw new LabException("this machine gives no free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /** The same role on the same database, by way of the proxy. */
    public Login login() {
        return ServerPlace.at(behind, listener.getLocalPort());
    }

    private void receive() {
        try {
            while (true) {
                var client = listener.accept();
                if (open.size() >= MAX_SOCKETS) {
                    client.close();
                } else {
                    Thread.ofVirtual().start(() -> serve(client));
                }
            }
        } catch (IOException e) {
            // closed: no more connections
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try {
            service.serve(client);
        } catch (IOException | GeneralSecurityException e) {
            // one end is gone, or does not answer, or sees through it: the client sees its connection closed, as on a real network
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect(client);
            if (listener.isClosed()) { // closed while this connection was being made
                close();
            }
        }
    }

    /** A connection to the server; whoever asked for it disconnects it. */
    public Socket connect() throws IOException {
        var socket = new Socket();
        open.add(socket);
        socket.connect(server, (int) TIMEOUT.toMillis());
        return socket;
    }

    /** Does what is done with each direction of a connection side by side; returns when both have come to their end. */
    public static void bothWays(Runnable there, Runnable back) throws InterruptedException {
        var thread = Thread.ofVirtual().start(there);
        back.run();
        thread.join();
    }

    /** Closes a socket. */
    public void disconnect(Socket socket) {
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

package grading.sandbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lab.LabException;
import lab.net.Proxy;
import lab.net.ServerPlace;

/**
 * The outside of the only way out of a sandbox: a Unix socket, on which a connection begins with the number of a port. It is passed on
 * where that port was opened here, and nowhere else.
 */
final class PortRelay implements AutoCloseable {
    /** In place of a port, from the first connection of all: it is told which ports there are. No answer runs before the port of its database is open. */
    static final int CONTROL = 0;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_CONNECTIONS = 500;
    private static final int BUFFER = 1 << 16;
    private final ServerSocketChannel listener;
    private final Map<Integer, ServerPlace> places = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Void>> open = new ConcurrentHashMap<>();
    private final CompletableFuture<DataOutputStream> control = new CompletableFuture<>();
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    /** @param socket a file that is made; everybody who finds it may connect */
    PortRelay(Path socket) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        Thread.ofVirtual().name("port-relay").start(this::receive);
    }

    /** Opens a port inside, and returns when somebody listens there, or is gone. The port has the same number as outside. */
    void open(ServerPlace place) {
        var known = places.putIfAbsent(place.port(), place);
        if (known != null && !known.equals(place)) {
            throw new LabException("the sandbox passes on port " + place.port() + " of " + known.host() + " and cannot pass on that of " + place.host() + " as well");
        }
        if (open.putIfAbsent(place.port(), new CompletableFuture<>()) == null) {
            tell(place.port());
        }
        await(open.get(place.port()));
    }

    private void tell(int port) {
        var inside = await(control);
        try {
            if (inside == null) {
                throw new IOException("nobody is there");
            }
            inside.writeInt(port);
        } catch (IOException e) {
            open.get(port).complete(null); // it has died; whoever reads what it says notices, and knows more
        }
    }

    /** @return null where nothing will come any more */
    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void receive() {
        try {
            while (true) {
                var client = listener.accept();
                if (connections.size() >= MAX_CONNECTIONS) {
                    client.close();
                } else {
                    connections.add(client);
                    Thread.ofVirtual().start(() -> serve(client));
                }
            }
        } catch (IOException e) {
            // closed: no more connections
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            var port = new DataInputStream(Channels.newInputStream(client)).readInt();
            if (port == CONTROL) {
                control(client);
            } else if (places.containsKey(port)) {
                pass(client, places.get(port));
            }
        } catch (IOException e) {
            // one end is gone: the other sees its connection closed, as on a real network
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(client);
        }
    }

    private void control(SocketChannel client) throws IOException {
        if (control.complete(new DataOutputStream(Channels.newOutputStream(client)))) {
            var in = new DataInputStream(Channels.newInputStream(client));
            while (true) {
                var ready = open.get(in.readInt());
                if (ready != null) {
                    ready.complete(null);
                }
            }
        }
    }

    private void pass(SocketChannel client, ServerPlace place) throws IOException, InterruptedException {
        try (var server = SocketChannel.open(new InetSocketAddress(place.host(), place.port()))) {
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connections.add(server);
            Proxy.bothWays(() -> copy(client, server), () -> copy(server, client));
            connections.remove(server);
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(BUFFER);
        try (from; to) {
            while (from.read(buffer) >= 0) {
                for (buffer.flip(); buffer.hasRemaining();) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // both are closed now
        }
    }

    /** Ends all connections. */
    @Override public void close() {
        control.completeExceptionally(new IOException("closed"));
        try {
            listener.close();
            open.values().forEach(waiting -> waiting.complete(null));
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            // closed is what it should be
        }
    }
}

package grading.sandbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The inside of a {@link PortRelay}: listens on the loopback address of the sandbox at the ports that it is told, and passes each connection on
 * to the socket. One thread copies for all, so that it was there before an answer came and is none that an answer left behind; virtual
 * threads would run beside the answer's own, and stand still with them.
 */
final class LoopbackPorts {
    private final UnixDomainSocketAddress relay;
    private final Selector selector = Selector.open();
    private final Queue<ServerSocketChannel> opened = new ConcurrentLinkedQueue<>();

    private LoopbackPorts(Path socket) throws IOException {
        relay = UnixDomainSocketAddress.of(socket);
    }

    /** Serves from now on, as long as this JVM lives. Returns at once: the host lets nobody need a port before it is open. */
    static void serve(Path socket) {
        start("relay-control", () -> {
            var ports = new LoopbackPorts(socket);
            var control = SocketChannel.open(ports.relay);
            control.write(number(PortRelay.CONTROL));
            start("relay", ports::pass);
            ports.open(control);
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the host is gone, and this JVM ends with it
            }
        });
    }

    /** Listens at each port that the host names, and says so. */
    private void open(SocketChannel control) throws IOException {
        var in = new DataInputStream(Channels.newInputStream(control));
        var out = new DataOutputStream(Channels.newOutputStream(control));
        try {
            while (true) {
                var port = in.readInt();
                opened.add(ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", port), 200));
                selector.wakeup();
                out.writeInt(port);
            }
        } catch (EOFException e) {
            // the host has gone
        }
    }

    private void pass() throws IOException {
        while (true) {
            selector.select();
            for (var port = opened.poll(); port != null; port = opened.poll()) {
                port.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            }
            for (var key : selector.selectedKeys()) {
                serve(key);
            }
            selector.selectedKeys().clear();
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.channel() instanceof ServerSocketChannel port) {
            accept(port);
            return;
        }
        var end = (RelayEnd) key.attachment();
        try {
            end.serve();
        } catch (IOException | CancelledKeyException e) {
            end.close();
        }
    }

    private void accept(ServerSocketChannel port) throws IOException {
        var client = port.accept();
        if (client == null) {
            return;
        }
        try {
            var host = SocketChannel.open(relay);
            host.write(number(port.socket().getLocalPort()));
            RelayEnd.connect(selector, client, host);
        } catch (IOException e) {
            client.close();
        }
    }

    private static ByteBuffer number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).flip();
    }
}

package grading.sandbox;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One of the two connections that a {@link LoopbackPorts} copies between. When one of them ends, so does the other. */
final class RelayEnd {
    private static final int BUFFER = 1 << 16;
    private final SocketChannel channel;
    private final SelectionKey key;
    /** What the other end has read and this one has not written yet; the other reads no more before that. */
    private final ByteBuffer waiting = ByteBuffer.allocate(BUFFER).limit(0);
    private RelayEnd other;

    private RelayEnd(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        key = channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, this);
    }

    static void connect(Selector selector, SocketChannel client, SocketChannel host) throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var one = new RelayEnd(client, selector);
        one.other = new RelayEnd(host, selector);
        one.other.other = one;
    }

    /** Does what can be done now. */
    void serve() throws IOException {
        if (key.isWritable()) {
            write();
        }
        if (key.isValid() && key.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        var read = channel.read(other.waiting.clear());
        other.waiting.flip();
        if (read < 0) {
            close();
        } else {
            other.write();
        }
    }

    private void write() throws IOException {
        channel.write(waiting);
        key.interestOps(waiting.hasRemaining() ? key.interestOps() | SelectionKey.OP_WRITE : key.interestOps() & ~SelectionKey.OP_WRITE);
        other.key.interestOps(waiting.hasRemaining() ? other.key.interestOps() & ~SelectionKey.OP_READ : other.key.interestOps() | SelectionKey.OP_READ);
    }

    void close() throws IOException {
        channel.close();
        other.channel.close();
    }
}

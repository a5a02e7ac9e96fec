package kernel.jshell.child;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The main program of a notebook page's own JVM. Its argument is the port at which the host waits for it, its standard
 * input the secret by which the host knows it. It ends when the host does.
 */
public final class Child {
    /** The roles of the two connections: orders one after the other, and what cannot wait for them. */
    public static final byte ORDERS = 'O';
    public static final byte URGENT = 'U';
    public static final int SECRET_BYTES = 32;
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(3);

    private Child() { }

    public static void main(String... arguments) throws IOException {
        if (!Boolean.getBoolean("course.training")) { // which ends with the JVM writing its AOT cache
            Runtime.getRuntime().addShutdownHook(new Thread(Child::endInTime, "end-in-time"));
        }
        var secret = System.in.readNBytes(SECRET_BYTES);
        var port = Integer.parseInt(arguments[0]);
        var orders = connect(port, secret, ORDERS);
        var urgent = connect(port, secret, URGENT);
        var writer = new FrameWriter(orders.getOutputStream());
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(new PrintStream(new BoundedOutputStream(Frame.OUT, writer), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new BoundedOutputStream(Frame.ERR, writer), true, StandardCharsets.UTF_8));
        HostPage.speaksBy(writer);
        var snippetRunner = new SnippetRunner();
        Thread.ofPlatform().daemon().name("urgent").start(() -> new ControlConnection(snippetRunner, urgent).serve());
        new RequestLoop(snippetRunner, writer).serve(new DataInputStream(new java.io.BufferedInputStream(orders.getInputStream())));
        end();
    }

    private static Socket connect(int port, byte[] secret, byte role) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(secret);
        socket.getOutputStream().write(role);
        return socket;
    }

    /** What the cells have opened is closed, within bounds. */
    static void end() {
        System.exit(0);
    }

    /** A pool that does not close, or a thread that does not end, must not keep this process. */
    private static void endInTime() {
        Thread.ofPlatform().daemon().name("halt").start(() -> {
            try {
                Thread.sleep(TIME_TO_CLOSE);
            } catch (InterruptedException e) {
                // nobody interrupts it; if somebody does, the end comes sooner
            }
            Runtime.getRuntime().halt(1);
        });
    }
}

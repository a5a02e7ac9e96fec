package kernel.jshell.child;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import jvm.Secret;

/**
 * The main program of a notebook page's own JVM. Its argument is the port at which the host waits for it, its standard
 * input the secret by which the host knows it. It ends when the host closes a connection, as the system does where the host ends.
 */
public final class Child {
    /** The first byte on each of the two connections: requests one after the other, and what cannot wait for them. */
    public static final byte REQUESTS = 'R';
    public static final byte CONTROL = 'C';
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private Child() { }

    public static void main(String... arguments) throws IOException {
        if (!Boolean.getBoolean("course.training")) { // which ends with the JVM writing its AOT cache
            Runtime.getRuntime().addShutdownHook(new Thread(Child::endInTime, "end-in-time"));
        }
        var secret = Secret.receive(System.in);
        var port = Integer.parseInt(arguments[0]);
        var requests = connect(port, secret, REQUESTS);
        var control = connect(port, secret, CONTROL);
        var writer = new FrameWriter(requests.getOutputStream());
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(new PrintStream(new BoundedOutputStream(ChildMessage.OUT, writer), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new BoundedOutputStream(ChildMessage.ERR, writer), true, StandardCharsets.UTF_8));
        HostPage.connect(writer);
        var runner = new SnippetRunner();
        Thread.ofPlatform().daemon().name("control").start(() -> new ControlConnection(runner, control).serve());
        new RequestLoop(runner, writer).serve(new DataInputStream(new BufferedInputStream(requests.getInputStream())));
        end();
    }

    private static Socket connect(int port, Secret secret, byte role) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(secret.bytes());
        socket.getOutputStream().write(role);
        return socket;
    }

    /** Ends this process, within bounds; what the cells have opened is closed. */
    static void end() {
        System.exit(0);
    }

    /** A pool that does not close, or a thread that does not end, must not keep this process. */
    private static void endInTime() {
        Thread.ofPlatform().daemon().name("halt").start(() -> {
            try {
                Thread.sleep(CLOSE_TIMEOUT);
            } catch (InterruptedException e) {
                // nobody interrupts it; if somebody does, the end comes sooner
            }
            Runtime.getRuntime().halt(1);
        });
    }
}

package kernel.jshell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jvm.Frame;
import jvm.Secret;
import kernel.jshell.child.Child;
import lab.LabException;

/**
 * Where a child calls back, on the loopback address. Every program of this machine can connect to it; a connection that does not
 * begin with the secret is closed.
 */
final class ChildListener implements AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;
    private static final int HANDSHAKE_MS = 2_000;
    private static final int POLL_MS = 200;
    private static final int BACKLOG = 4;
    private final ServerSocket socket;
    private final Secret secret = Secret.random();

    private ChildListener(ServerSocket socket) {
        this.socket = socket;
    }

    static ChildListener open() throws IOException {
        return new ChildListener(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return socket.getLocalPort();
    }

    /** For the child alone. */
    Secret secret() {
        return secret;
    }

    /**
     * Waits until the child has called for both connections.
     *
     * @param isAlive  whether the child may still call
     * @param output   what its JVM has printed, for a message
     * @param receiver gets what a cell prints and shows
     * @throws LabException where it has ended, or does not call in time
     */
    Connection accept(BooleanSupplier isAlive, Supplier<String> output, Consumer<Frame> receiver) throws IOException {
        var end = System.nanoTime() + TIMEOUT_MS * 1_000_000L;
        socket.setSoTimeout(POLL_MS);
        var callers = new HashMap<Byte, Socket>();
        try {
            while (!callers.keySet().containsAll(List.of(Child.REQUESTS, Child.CONTROL))) {
                if (!isAlive.getAsBoolean() || System.nanoTime() > end) {
                    throw new LabException("the JVM for cells " + (isAlive.getAsBoolean() ? "does not answer" : "ended at its start") + output.get());
                }
                acceptOne(callers);
            }
            return new Connection(callers.get(Child.REQUESTS), callers.get(Child.CONTROL), receiver);
        } catch (IOException | RuntimeException e) {
            for (var caller : callers.values()) {
                caller.close();
            }
            throw e;
        }
    }

    /** Takes one connection; of two for the same, the first. */
    private void acceptOne(Map<Byte, Socket> callers) throws IOException {
        try {
            var caller = socket.accept();
            var role = role(caller);
            if ((role != Child.REQUESTS && role != Child.CONTROL) || callers.putIfAbsent(role, caller) != null) {
                caller.close();
            }
        } catch (SocketTimeoutException e) {
            // no caller yet
        }
    }

    /** Which of the two connections this is to be; 0 for none. */
    private byte role(Socket caller) {
        try {
            caller.setSoTimeout(HANDSHAKE_MS);
            caller.setTcpNoDelay(true);
            var in = caller.getInputStream();
            var role = secret.isSentBy(in) ? (byte) Math.max(in.read(), 0) : 0;
            caller.setSoTimeout(0);
            return role;
        } catch (IOException e) {
            return 0; // too slow, or gone again
        }
    }

    @Override public void close() throws IOException {
        socket.close();
    }
}

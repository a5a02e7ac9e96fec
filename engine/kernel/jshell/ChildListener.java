package kernel.jshell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kernel.jshell.child.Child;
import kernel.jshell.child.Frame;
import lab.LabException;

/** Where a child calls back, on the loopback address. Anybody on this machine may knock; only who knows the secret is let in. */
final class ChildListener implements AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;
    private static final int HANDSHAKE_MS = 2_000;
    private final ServerSocket socket;
    private final byte[] secret;

    private ChildListener(ServerSocket socket, byte[] secret) {
        this.socket = socket;
        this.secret = secret;
    }

    static ChildListener open() throws IOException {
        var secret = HexFormat.of().formatHex(random()).getBytes(StandardCharsets.US_ASCII);
        return new ChildListener(new ServerSocket(0, 4, InetAddress.getLoopbackAddress()), secret);
    }

    private static byte[] random() {
        var bytes = new byte[Child.SECRET_BYTES / 2];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** For the child's ears alone. */
    byte[] secret() {
        return secret;
    }

    /**
     * Waits until the child has called for both connections.
     *
     * @param isAlive whether the child may still call
     * @param words   what its JVM has said, for a message
     * @throws LabException where it has ended, or does not call in time
     */
    Connection admit(BooleanSupplier isAlive, Supplier<String> words, Consumer<Frame> hearer) throws IOException {
        var end = System.nanoTime() + TIMEOUT_MS * 1_000_000L;
        socket.setSoTimeout(200);
        var callers = new HashMap<Byte, Socket>();
        try {
            while (!callers.keySet().containsAll(List.of(Child.ORDERS, Child.URGENT))) {
                if (!isAlive.getAsBoolean() || System.nanoTime() > end) {
                    throw new LabException("the JVM for cells " + (isAlive.getAsBoolean() ? "does not answer" : "ended at its start") + words.get());
                }
                accept(callers);
            }
            return new Connection(callers.get(Child.ORDERS), callers.get(Child.URGENT), hearer);
        } catch (IOException | RuntimeException e) {
            for (var caller : callers.values()) {
                caller.close();
            }
            throw e;
        }
    }

    /** Lets in whoever knocks and knows the secret; of two who want the same, the first. */
    private void accept(Map<Byte, Socket> callers) throws IOException {
        try {
            var caller = socket.accept();
            var role = role(caller);
            if ((role != Child.ORDERS && role != Child.URGENT) || callers.putIfAbsent(role, caller) != null) {
                caller.close();
            }
        } catch (SocketTimeoutException e) {
            // nobody yet
        }
    }

    private byte role(Socket caller) {
        try {
            caller.setSoTimeout(HANDSHAKE_MS);
            caller.setTcpNoDelay(true);
            var said = caller.getInputStream().readNBytes(secret.length + 1);
            caller.setSoTimeout(0);
            return said.length == secret.length + 1 && MessageDigest.isEqual(secret, Arrays.copyOf(said, secret.length))
                ? said[secret.length] : 0;
        } catch (IOException e) {
            return 0; // too slow, or gone again
        }
    }

    @Override public void close() throws IOException {
        socket.close();
    }
}

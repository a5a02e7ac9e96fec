package lab.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import lab.LabException;
import lab.Login;

/**
 * Somebody between a client and its server, at whose port the client arrives: by a forged answer of DNS, say. He reads what he
 * can read and passes it on.
 */
public final class ManInTheMiddle implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final int MOST_KEPT = 4 << 20;
    private static final int BUFFER = 16 << 10;

    private final ServerSocket listener;
    private final Login victim;
    private final Trick trick;
    private final Optional<Certificate> certificate;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private enum Trick { LISTEN, REFUSE_TLS, SHOW_CERTIFICATE, RELAY_TLS, ASK_FOR_PASSWORD }

    private ManInTheMiddle(Login victim, Trick trick, Optional<Certificate> certificate) {
        this.victim = victim;
        this.trick = trick;
        this.certificate = certificate;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new LabException("this machine gives no free port on 127.0.0.1: " + e.getMessage(), e);
        }
        Thread.ofVirtual().name("man-in-the-middle").start(this::receive);
    }

    /** One who passes on every byte and changes none. */
    public static ManInTheMiddle listening(Login victim) {
        return new ManInTheMiddle(victim, Trick.LISTEN, Optional.empty());
    }

    /** One who says for the server that it has no TLS. */
    public static ManInTheMiddle refusingTls(Login victim) {
        return new ManInTheMiddle(victim, Trick.REFUSE_TLS, Optional.empty());
    }

    /** One who has TLS with the client, by a certificate that he has, and none with the server. */
    public static ManInTheMiddle showing(Certificate certificate, Login victim) {
        return new ManInTheMiddle(victim, Trick.SHOW_CERTIFICATE, Optional.of(certificate));
    }

    /** The same with TLS to the server as well, as a server wants it that refuses those who come without. */
    public static ManInTheMiddle relayingTls(Certificate certificate, Login victim) {
        return new ManInTheMiddle(victim, Trick.RELAY_TLS, Optional.of(certificate));
    }

    /** One who says that there is no TLS, and then asks for the password in clear. The server never hears of it. */
    public static ManInTheMiddle askingForPassword(Login victim) {
        return new ManInTheMiddle(victim, Trick.ASK_FOR_PASSWORD, Optional.empty());
    }

    /** The same role on the same database, by way of him. */
    public Login login() {
        return ServerPlace.at(victim, listener.getLocalPort());
    }

    /** Whether this text came by, in clear. */
    public boolean saw(String text) {
        synchronized (seen) {
            return seen.toString(StandardCharsets.ISO_8859_1).contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
    }

    private void receive() {
        try {
            while (true) {
                var client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed: no more connections
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(TIMEOUT_MS);
            switch (trick) {
                case LISTEN -> pass(client, plain());
                case REFUSE_TLS -> {
                    var first = StartMessage.afterRefusals(client);
                    pass(client, first, plain());
                }
                case SHOW_CERTIFICATE, RELAY_TLS -> showCertificate(client);
                case ASK_FOR_PASSWORD -> {
                    StartMessage.afterRefusals(client);
                    keep(StartMessage.passwordOf(client));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            // the client has seen through him, or one end is gone: the client's connection ends
        } finally {
            open.remove(client);
        }
    }

    private void showCertificate(Socket client) throws IOException, GeneralSecurityException {
        StartMessage.acceptTls(client);
        var factory = certificate.orElseThrow().context().getSocketFactory();
        try (var secured = (SSLSocket) factory.createSocket(client, null, client.getPort(), true)) {
            secured.setUseClientMode(false);
            secured.startHandshake();
            pass(secured, trick == Trick.RELAY_TLS ? StartMessage.withTls(plain()) : plain());
        }
    }

    private Socket plain() throws IOException {
        var server = new Socket();
        server.connect(ServerPlace.of(victim).address(), TIMEOUT_MS);
        open.add(server);
        return server;
    }

    private void pass(Socket client, byte[] first, Socket server) throws IOException {
        keep(first);
        server.getOutputStream().write(first);
        pass(client, server);
    }

    private void pass(Socket client, Socket server) throws IOException {
        client.setSoTimeout(0);
        try (server) {
            var there = Thread.ofVirtual().start(() -> carry(client, server));
            carry(server, client);
            client.close();
            there.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(server);
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[BUFFER];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                keep(java.util.Arrays.copyOf(buffer, count));
                out.write(buffer, 0, count);
                out.flush();
            }
            to.close();
        } catch (IOException e) {
            // one end has closed its socket, which is an end like any other
        }
    }

    private void keep(byte[] bytes) {
        synchronized (seen) {
            seen.write(bytes, 0, Math.min(bytes.length, MOST_KEPT - seen.size()));
        }
    }

    /** Ends all connections that go through him. */
    @Override public void close() {
        try {
            listener.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            // closed is what it should be
        }
    }
}

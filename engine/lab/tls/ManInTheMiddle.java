package lab.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import lab.Login;
import lab.net.Proxy;

/**
 * Somebody between a client and its server, at whose port the client arrives: by a forged answer of DNS, say. He reads what he
 * can read and passes it on.
 */
public final class ManInTheMiddle implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final int MOST_KEPT = 4 << 20;
    private static final int BUFFER = 16 << 10;

    private final Trick trick;
    private final Optional<Certificate> certificate;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final Proxy proxy;

    private enum Trick { LISTEN, REFUSE_TLS, SHOW_CERTIFICATE, RELAY_TLS, ASK_FOR_PASSWORD }

    private ManInTheMiddle(Login victim, Trick trick, Optional<Certificate> certificate) {
        this.trick = trick;
        this.certificate = certificate;
        proxy = Proxy.before(victim, this::serve);
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
        return proxy.login();
    }

    /** Whether this text came by, in clear. */
    public boolean saw(String text) {
        synchronized (seen) {
            return seen.toString(StandardCharsets.ISO_8859_1).contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
    }

    private void serve(Socket client) throws IOException, GeneralSecurityException, InterruptedException {
        client.setSoTimeout(TIMEOUT_MS);
        switch (trick) {
            case LISTEN -> pass(client);
            case REFUSE_TLS -> pass(client, StartMessage.afterRefusals(client));
            case SHOW_CERTIFICATE, RELAY_TLS -> showCertificate(client);
            case ASK_FOR_PASSWORD -> {
                StartMessage.afterRefusals(client);
                keep(StartMessage.passwordOf(client));
            }
        }
    }

    private void showCertificate(Socket client) throws IOException, GeneralSecurityException, InterruptedException {
        StartMessage.acceptTls(client);
        var factory = certificate.orElseThrow().context().getSocketFactory();
        try (var secured = (SSLSocket) factory.createSocket(client, null, client.getPort(), true)) {
            secured.setUseClientMode(false);
            secured.startHandshake();
            pass(secured);
        }
    }

    /** @param first what the client has said already */
    private void pass(Socket client, byte... first) throws IOException, GeneralSecurityException, InterruptedException {
        var plain = proxy.connect();
        try (var server = trick == Trick.RELAY_TLS ? StartMessage.withTls(plain) : plain) {
            keep(first);
            server.getOutputStream().write(first);
            client.setSoTimeout(0);
            Proxy.bothWays(() -> carry(client, server), () -> {
                carry(server, client);
                proxy.disconnect(client);
            });
        } finally {
            proxy.disconnect(plain);
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            var buffer = new byte[BUFFER];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                keep(Arrays.copyOf(buffer, count));
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
        proxy.close();
    }
}

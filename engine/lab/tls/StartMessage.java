package lab.tls;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What client and server say before their first query, from the side of somebody who is neither. */
final class StartMessage {
    private static final int TLS = 80877103;
    private static final int GSS = 80877104;
    private static final int LONGEST = 10_000;
    private static final int ASK_IN_CLEAR = 3;

    private StartMessage() { }

    /** Refuses whatever encryption the client asks for; its first message without encryption. */
    static byte[] afterRefusals(Socket client) throws IOException {
        while (true) {
            var message = read(client);
            var code = ByteBuffer.wrap(message).getInt(Integer.BYTES);
            if (code != TLS && code != GSS) {
                return message;
            }
            client.getOutputStream().write('N');
        }
    }

    /** Answers "yes" when the client asks for TLS. */
    static void acceptTls(Socket client) throws IOException {
        while (ByteBuffer.wrap(read(client)).getInt(Integer.BYTES) != TLS) {
            client.getOutputStream().write('N');
        }
        client.getOutputStream().write('S');
    }

    private static byte[] read(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        var length = in.readInt();
        if (length < 2 * Integer.BYTES || length > LONGEST) {
            throw new IOException("a message of " + length + " bytes begins no session");
        }
        var message = ByteBuffer.allocate(length).putInt(length).array();
        in.readFully(message, Integer.BYTES, length - Integer.BYTES);
        return message;
    }

    /** Asks the client for its password in clear, and reads the answer. */
    static byte[] passwordOf(Socket client) throws IOException {
        var out = new DataOutputStream(client.getOutputStream());
        out.writeByte('R');
        out.writeInt(2 * Integer.BYTES);
        out.writeInt(ASK_IN_CLEAR);
        out.flush();
        client.getInputStream().readNBytes(1); // its type
        return read(client);
    }

    /** TLS with a server, whoever that is: the man in the middle does not mind. */
    static Socket withTls(Socket server) throws IOException, GeneralSecurityException {
        var out = new DataOutputStream(server.getOutputStream());
        out.writeInt(2 * Integer.BYTES);
        out.writeInt(TLS);
        out.flush();
        if (server.getInputStream().read() != 'S') {
            throw new IOException("the server has no TLS");
        }
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
        var secured = (SSLSocket) context.getSocketFactory().createSocket(server, null, server.getPort(), true);
        secured.startHandshake();
        return secured;
    }

    private static final class Anybody implements X509TrustManager {
        @Override public void checkClientTrusted(X509Certificate[] chain, String type) { }

        @Override public void checkServerTrusted(X509Certificate[] chain, String type) { }

        @Override public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

package lab.docker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One GET over a Unix socket or TCP. The JDK's own HTTP client cannot use Unix sockets. */
final class DockerHttp {
    /** For who would rather take something else than wait. */
    static final Duration QUICK = Duration.ofMillis(900);
    /** For who wants Docker: where much starts at once, an engine may be busy for seconds. */
    static final Duration PATIENT = Duration.ofSeconds(10);

    private DockerHttp() { }

    /** The status of the answer. Throws {@link SocketTimeoutException} when none comes in time. */
    static int get(DockerAddress.Reachable address, String path, Duration timeout) throws IOException {
        var question = new FutureTask<>(() -> ask(address, path));
        Thread.ofPlatform().daemon().start(question);
        try {
            return question.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            question.cancel(true);
            throw new SocketTimeoutException("silent for " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            question.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private static int ask(DockerAddress.Reachable address, String path) throws IOException {
        try (var channel = SocketChannel.open(address.socketAddress())) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return status(firstLine(channel));
        }
    }

    private static String firstLine(SocketChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(256);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            var sofar = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
            if (sofar.contains("\r\n")) {
                return sofar.substring(0, sofar.indexOf("\r\n"));
            }
        }
        throw new IOException("closed without an answer");
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.\\d \\d{3}.*")) {
            throw new IOException("answered \"" + line + "\" instead of HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }
}

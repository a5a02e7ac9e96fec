package jvm;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Messages on streams to which others may write as well: each is a line of its own, first the secret, then its body. A line
 * without the secret is somebody else's, so a message cannot be forged; after any garbage, the next line can be read again.
 */
public final class MessageLines {
    /** In bytes: the rest of a longer line is read and dropped, so that it cannot fill the memory. */
    static final int MAX_LINE = 1 << 20;
    private static final int END = -1;
    private final InputStream in;
    private final OutputStream out;
    private final String start;

    public MessageLines(InputStream in, OutputStream out, Secret secret) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.out = out;
        start = secret.word() + " ";
    }

    /** Sends a message, from any thread. @throws IOException where the other end is closed */
    public synchronized void send(byte[] body) throws IOException {
        // Somebody may have written half a line to the same stream; a message begins on a line of its own.
        var line = '\n' + start + Base64.getEncoder().encodeToString(body) + '\n';
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /**
     * Waits for the next message and returns its body; empty at the end of the stream. For one thread.
     *
     * @param others gets each line that is no message, cut to a megabyte
     * @throws IllegalArgumentException where a message is so damaged that it has no body; the next one can be read
     */
    public Optional<byte[]> next(Consumer<String> others) throws IOException {
        for (var line = line(); line.isPresent(); line = line()) {
            if (line.get().startsWith(start)) {
                return Optional.of(Base64.getDecoder().decode(line.get().substring(start.length())));
            }
            others.accept(line.get());
        }
        return Optional.empty();
    }

    private Optional<String> line() throws IOException {
        var line = new ByteArrayOutputStream(256);
        int b = in.read();
        if (b == END) {
            return Optional.empty();
        }
        for (; b != END && b != '\n'; b = in.read()) {
            if (line.size() < MAX_LINE) {
                line.write(b);
            }
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}

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
import java.util.regex.Pattern;

/**
 * Messages on streams to which others may write, and from which they may read, as code of somebody else can in its own process.
 * Each message is a line: its number, its {@link Seal} and its body. The secret itself is in none, so whoever has read messages can
 * neither make one, nor send one again, nor turn one round. After any garbage, the next line can be read again.
 */
public final class MessageLines {
    /** In bytes: the rest of a longer line is read and dropped, so that it cannot fill the memory. */
    static final int MAX_LINE = 1 << 20;
    private static final int END = -1;
    private static final Pattern MESSAGE = Pattern.compile("course (\\d{1,18}) ([0-9a-f]+) ([A-Za-z0-9+/=]*)");
    private final InputStream in;
    private final OutputStream out;
    private final Seal ours;
    private final Seal theirs;
    private long sent;
    private long received;

    private MessageLines(InputStream in, OutputStream out, Seal ours, Seal theirs) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.out = out;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** The end of the parent. */
    public static MessageLines ofParent(InputStream in, OutputStream out, Secret secret) {
        return new MessageLines(in, out, Seal.ofParent(secret), Seal.ofChild(secret));
    }

    /** The end of the child. */
    public static MessageLines ofChild(InputStream in, OutputStream out, Secret secret) {
        return new MessageLines(in, out, Seal.ofChild(secret), Seal.ofParent(secret));
    }

    /** Sends a message, from any thread. @throws IOException where the other end is closed */
    public synchronized void send(byte[] body) throws IOException {
        // Somebody may have written half a line to the same stream; a message begins on a line of its own.
        var line = "\ncourse " + sent + " " + ours.of(sent, body) + " " + Base64.getEncoder().encodeToString(body) + '\n';
        sent++;
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /**
     * Waits for the next message and returns its body; empty at the end of the stream. For one thread.
     *
     * @param others gets each line that does not look like a message, cut to a megabyte
     * @throws IllegalArgumentException where one looks like a message and is none, or is not the next; a later one can be read
     */
    public Optional<byte[]> next(Consumer<String> others) throws IOException {
        for (var line = line(); line.isPresent(); line = line()) {
            if (line.get().startsWith("course ")) {
                return Optional.of(body(line.get()));
            }
            others.accept(line.get());
        }
        return Optional.empty();
    }

    private byte[] body(String line) {
        var message = MESSAGE.matcher(line);
        if (!message.matches()) {
            throw new IllegalArgumentException("a damaged message");
        }
        var number = Long.parseLong(message.group(1));
        var body = Base64.getDecoder().decode(message.group(3));
        if (!theirs.isOf(number, body, message.group(2))) {
            throw new IllegalArgumentException("a message without the seal of who should have sent it");
        }
        var expected = received;
        received = number + 1;
        if (number != expected) {
            throw new IllegalArgumentException("message " + number + " where " + expected + " is the next");
        }
        return body;
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

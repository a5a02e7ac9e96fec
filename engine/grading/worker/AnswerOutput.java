package grading.worker;

import grading.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Takes what the answer prints: keeps the beginning, counts the rest, and throws where it never ends. */
final class AnswerOutput extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long dropped;
    private long printed;

    /** Printing went on and on. An Error, because answers catch exceptions. */
    static final class Flood extends Error {
        Flood() {
            super("the answer printed more than " + Limits.OUTPUT_ALLOWED / (1024 * 1024) + " MB; printing was stopped there");
        }
    }

    void takeOver() {
        var stream = new PrintStream(this, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    @Override public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override public synchronized void write(byte[] bytes, int from, int length) {
        printed += length;
        if (printed > Limits.OUTPUT_ALLOWED) {
            throw new Flood();
        }
        var room = Math.min(length, Limits.OUTPUT_KEPT - kept.size());
        kept.write(bytes, from, room);
        dropped += length - room;
    }

    /** A new verification may print as much as any other. */
    synchronized void start() {
        printed = 0;
        take();
    }

    /** What was printed since the last call, with a note of how much is missing. */
    synchronized String take() {
        var text = kept.toString(StandardCharsets.UTF_8)
            + (dropped == 0 ? "" : "\n… (" + dropped + " more bytes were printed and are not kept)");
        kept.reset();
        dropped = 0;
        return text;
    }
}

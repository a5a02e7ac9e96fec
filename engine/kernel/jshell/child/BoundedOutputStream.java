package kernel.jshell.child;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a cell prints, as far as anybody will read it. What is beyond the bound is counted and dropped, so that a loop that
 * prints for ever neither waits for the host nor fills its memory.
 */
final class BoundedOutputStream extends OutputStream {
    private static final int MAX_BYTES = 64 << 10;
    private static final AtomicInteger LEFT = new AtomicInteger(MAX_BYTES);
    private static final AtomicLong LEFT_OUT = new AtomicLong();
    private final ChildMessage kind;
    private final FrameWriter writer;

    BoundedOutputStream(ChildMessage kind, FrameWriter writer) {
        this.kind = kind;
        this.writer = writer;
    }

    /** A cell begins, and may print as much as any other. */
    static void reset() {
        LEFT.set(MAX_BYTES);
        LEFT_OUT.set(0);
    }

    /** Characters that were left out since {@link #reset}. */
    static long leftOut() {
        return LEFT_OUT.get();
    }

    @Override public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override public void write(byte[] bytes, int from, int length) {
        var left = LEFT.getAndUpdate(now -> Math.max(0, now - length));
        var sent = Math.min(left, length);
        if (sent > 0) {
            writer.send(kind, Arrays.copyOfRange(bytes, from, from + sent));
        }
        if (sent < length) {
            LEFT_OUT.addAndGet(characters(bytes, from + sent, from + length));
        }
    }

    private static long characters(byte[] utf8, int from, int to) {
        var count = 0L;
        for (int i = from; i < to; i++) {
            count += (utf8[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}

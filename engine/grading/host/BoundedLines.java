package grading.host;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads lines of a stream that nobody vouches for. A line longer than the bound is cut; its end is read and dropped. */
public final class BoundedLines {
    private final InputStream in;
    private final int bound;

    public BoundedLines(InputStream in, int bound) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.bound = bound;
    }

    /** The next line, or null at the end. */
    public String next() throws IOException {
        var line = new ByteArrayOutputStream(256);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() < bound) {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}

package grading.worker;

import grading.protocol.WorkerWire;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The worker's end of the wire. Takes the process's own streams away from the answer before the answer comes. */
final class HostChannel {
    private final BufferedReader in;
    private final OutputStream out;
    private final String secret;

    private HostChannel(BufferedReader in, OutputStream out, String secret) {
        this.in = in;
        this.out = out;
        this.secret = secret;
    }

    /** The host sends the secret as the first line. */
    static HostChannel open() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.setIn(InputStream.nullInputStream());
        return new HostChannel(in, new FileOutputStream(FileDescriptor.out), in.readLine());
    }

    /** The next command; an empty list when the host is gone. */
    List<String> read() throws IOException {
        var line = in.readLine();
        return line == null ? List.of() : WorkerWire.fields(secret, line);
    }

    synchronized void send(String... fields) {
        try {
            // The answer may have written half a line to the same stream; a message begins on a line of its own.
            out.write(('\n' + WorkerWire.line(secret, List.of(fields))).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the host does not listen any more", e);
        }
    }
}

package kernel.jshell.child;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The way to the host. Messages leave whole and in the order of their threads. */
final class FrameWriter {
    private final DataOutputStream out;

    FrameWriter(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    synchronized void send(byte kind, byte[] body) {
        try {
            new Frame(kind, body).write(out);
        } catch (IOException e) {
            Child.end(); // the host is gone, and this process has no other purpose
        }
    }
}

package kernel.jshell.child;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import jvm.Frame;

/** Sends messages to the host, each whole and in the order of the threads that send. */
final class FrameWriter {
    private final DataOutputStream out;

    FrameWriter(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    synchronized void send(ChildMessage kind, byte[] body) {
        try {
            new Frame((byte) kind.ordinal(), body).write(out);
        } catch (IOException e) {
            Child.end(); // the host is gone, and this process has no other purpose
        }
    }
}

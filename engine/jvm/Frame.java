package jvm;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One message on a connection that only the two programs have.
 *
 * @param kind what it is, as the two have agreed
 * @param body see {@link FrameBody}
 */
public record Frame(byte kind, byte[] body) {
    private static final int MAX_LENGTH = 64 << 20;
    private static final int HEAD = 5;

    /**
     * Waits for the next message.
     *
     * @throws java.io.EOFException when there will be none
     * @throws IOException          where the connection breaks, or something that is no message arrives
     */
    public static Frame read(DataInputStream in) throws IOException {
        var kind = in.readByte();
        var length = in.readInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException("a message of " + length + " bytes, which the course never sends");
        }
        var body = new byte[length];
        in.readFully(body);
        return new Frame(kind, body);
    }

    /** In one write, so that it is one packet where it fits into one. */
    public void write(DataOutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(HEAD + body.length).put(kind).putInt(body.length).put(body).array());
        out.flush();
    }
}

package kernel.jshell.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One message between the host and its child.
 *
 * @param kind one of the constants below, or the ordinal of a {@link ChildRequest}
 */
public record Frame(byte kind, byte[] body) {
    public static final byte OUT = 'o';
    public static final byte ERR = 'e';
    public static final byte SHOWN = 's';
    public static final byte ANSWER = 'a';
    private static final int LONGEST = 64 << 20;
    private static final int HEAD = 5;

    /** Waits for the next message; throws {@link java.io.EOFException} when there will be none. */
    public static Frame read(DataInputStream in) throws IOException {
        var kind = in.readByte();
        var length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a message of " + length + " bytes: what speaks there is not ours");
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

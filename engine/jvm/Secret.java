package jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A word that only this JVM and one child know, by which each tells the other from anybody else on this machine. It goes over
 * the child's standard input, never on a command line, which every process can read.
 */
public final class Secret {
    private static final int BYTES = 16;
    private final String word;

    private Secret(String word) {
        this.word = word;
    }

    /** A new one. */
    public static Secret random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    /** In the parent: tells the child, before anything else. */
    public void sendTo(OutputStream childsInput) throws IOException {
        childsInput.write(bytes());
        childsInput.flush();
    }

    /** In the child: what the parent has sent. Takes no byte more from the stream. */
    public static Secret receive(InputStream input) throws IOException {
        return new Secret(new String(input.readNBytes(2 * BYTES), StandardCharsets.US_ASCII));
    }

    /** What a caller sends first, to be known. */
    public byte[] bytes() {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what a caller sends first. @return whether it knows the secret */
    public boolean isSentBy(InputStream caller) throws IOException {
        return MessageDigest.isEqual(bytes(), caller.readNBytes(2 * BYTES));
    }

    /** Without the word, so that no log and no message has it. */
    @Override public String toString() {
        return "a secret";
    }

    String word() {
        return word;
    }
}

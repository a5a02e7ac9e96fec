package jvm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What only who knows the secret can say of a message: of its sender, its number and its body. The digest is made once, before any
 * other code runs: a provider that is added later never sees the secret.
 */
final class Seal {
    private final byte[] key;
    private final MessageDigest digest;

    private Seal(String sender, Secret secret) {
        key = (sender + " " + secret.word()).getBytes(StandardCharsets.US_ASCII);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Seal ofParent(Secret secret) {
        return new Seal("parent", secret);
    }

    static Seal ofChild(Secret secret) {
        return new Seal("child", secret);
    }

    /** Of this message, in hexadecimal. Twice, so that nobody can lengthen a message. */
    synchronized String of(long number, byte[] body) {
        digest.update(key);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        var once = digest.digest(body);
        digest.update(key);
        return HexFormat.of().formatHex(digest.digest(once));
    }

    boolean isOf(long number, byte[] body, String seal) {
        return MessageDigest.isEqual(of(number, body).getBytes(StandardCharsets.US_ASCII), seal.getBytes(StandardCharsets.US_ASCII));
    }
}

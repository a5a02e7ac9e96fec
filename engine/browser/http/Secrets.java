package browser.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What proves that a request comes from the person who started the notebook. Made anew by each run, kept in memory.
 *
 * @param token   in the address that is printed; a browser exchanges it for the cookie
 * @param cookie  what the browser sends from then on
 * @param command what a page of ours, and no other, sends with each command
 */
public record Secrets(String token, String cookie, String command) {
    private static final int BYTES = 32;

    /** From {@link SecureRandom}, 256 bits each. */
    public static Secrets random() {
        return new Secrets(randomText(), randomText(), randomText());
    }

    /** Also the nonce of a page, for the style sheets that its scripts make. */
    public static String randomText() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes the same time however much of it is right. */
    static boolean matches(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    @Override public String toString() {
        return "Secrets";
    }
}

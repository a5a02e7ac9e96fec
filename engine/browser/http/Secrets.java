package browser.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What proves that a request comes from the person who started the notebook. Made anew by each run, kept in memory.
 *
 * @param token   in the address that is printed; it buys the cookie
 * @param cookie  what the browser sends from then on
 * @param command what a page of ours, and no other, sends with each command
 */
public record Secrets(String token, String cookie, String command) {
    private static final int BYTES = 32;

    public static Secrets random() {
        return new Secrets(randomText(), randomText(), randomText());
    }

    /** For a style sheet that a script makes. */
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

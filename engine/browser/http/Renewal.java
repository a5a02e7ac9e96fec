package browser.http;

import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * How a page of a run before gets the secrets of this one. While no notebook runs, any account of the machine can listen at
 * its port; so each side proves that it knows the key of this clone, and neither ever sends it. A proof is good for one port
 * and one run: whoever hears it can do nothing with it.
 */
public final class Renewal {
    private static final int MAX_NONCE = 64;
    private final String key;
    private final String run = Secrets.randomText();

    /** @param key what the pages of this clone have been given, and nobody else */
    public Renewal(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** Names this run of the server; known to everybody who asks. */
    String run() {
        return run;
    }

    /** @param run which the page has to prove the key for @param proof the server's own */
    public record Challenge(String run, String proof) { }

    /** The command token of this run. */
    public record Renewed(String token) { }

    /**
     * Answers a page's nonce.
     *
     * @param host  as the page calls this server, its port included
     * @param nonce of the page
     */
    public Challenge challenge(String host, String nonce) {
        if (nonce.length() > MAX_NONCE) {
            throw new Refusal(400, "a nonce has at most " + MAX_NONCE + " characters");
        }
        return new Challenge(run, proof("server", host, nonce));
    }

    /** @throws Refusal where the page does not know the key, or its proof is of another run or port */
    public void check(String host, String proof) {
        if (!Secrets.matches(proof("page", host, run), proof)) {
            throw new Refusal(403, "This page is not of a notebook of this clone. Open the address that ./jbang notebook printed.");
        }
    }

    private String proof(String side, String host, String nonce) {
        return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmacHex(side + " " + host + " " + nonce);
    }
}

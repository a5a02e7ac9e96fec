package browser.http;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which requests are answered. A page that executes code on this machine is worth attacking from any page that the
 * learner's browser has open, and from any account of the machine. Every request is checked here first.
 */
public final class Gate {
    /** Nothing that a page shows may run a script, load from elsewhere, or be shown inside another page. */
    private static final String POLICY = "default-src 'none'; script-src 'self' SCRIPT; style-src 'self' 'nonce-NONCE'; img-src 'self' data:; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
    /** The one address of a command that is answered without cookie and token: {@link Renewal}. */
    private static final String RENEWAL = "/api/renewal";
    private final int port;
    private final Secrets secrets;
    private final String policy;

    /** @param port the notebook's own, which is part of its name and its cookie */
    public Gate(int port, Secrets secrets, ReloadScript reload) {
        this.port = port;
        this.secrets = secrets;
        this.policy = POLICY.replace("SCRIPT", reload.source());
    }

    /**
     * A request that was not refused goes on, or is answered with the cookie because its address has the token, or has to prove
     * that it comes from a page of a run before.
     */
    public enum Admission { ADMITTED, EXCHANGES_TOKEN, RENEWS }

    /** Headers for every answer, refusals included. */
    public Map<String, String> headers(String nonce) {
        return Map.of("Content-Security-Policy", policy.replace("NONCE", nonce), "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer", "X-Frame-Options", "DENY", "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");
    }

    /** @throws Refusal for a foreign origin, host or method, and without the secret that is needed */
    public Admission check(Request request) {
        checkAddress(request);
        if (!METHODS.contains(request.method())) {
            throw new Refusal(405, "the notebook answers GET and POST, not " + request.method());
        }
        if (!request.isCommand() && request.query("token").filter(given -> Secrets.matches(secrets.token(), given)).isPresent()) {
            return Admission.EXCHANGES_TOKEN;
        }
        if (request.isCommand() && request.path().equals(RENEWAL)) {
            checkCommand(request);
            return Admission.RENEWS;
        }
        if (request.cookie(cookieName()).filter(given -> Secrets.matches(secrets.cookie(), given)).isEmpty()) {
            throw new Refusal(403, "This browser may not use the notebook yet. Open the address that ./jbang notebook printed, with its token.");
        }
        if (request.isCommand()) {
            checkCommand(request);
            checkToken(request);
        }
        return Admission.ADMITTED;
    }

    /** Another name for 127.0.0.1 (DNS rebinding) shows in Host; a page of another site shows in Origin. */
    private void checkAddress(Request request) {
        var host = request.header("Host").filter(this::isOurs);
        if (host.isEmpty() || Optional.ofNullable(request.exchange().getRequestURI().getAuthority()).filter(named -> !isOurs(named)).isPresent()) {
            throw new Refusal(403, "The notebook answers as 127.0.0.1:" + port + " and localhost:" + port + " alone.");
        }
        if (request.has("Origin") && request.header("Origin").filter(origin -> origin.equals("http://" + host.get())).isEmpty()) {
            throw new Refusal(403, "The notebook takes requests from its own pages alone.");
        }
    }

    private boolean isOurs(String host) {
        return host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port);
    }

    private void checkCommand(Request request) {
        if (!request.has("Origin")) {
            throw new Refusal(403, "A command has to say where it comes from (Origin).");
        }
        if (request.header("Content-Type").filter(type -> type.matches("application/json(\\s*;.*)?")).isEmpty()) {
            throw new Refusal(415, "A command is JSON (Content-Type: application/json).");
        }
    }

    private void checkToken(Request request) {
        if (request.header("X-Course-Token").filter(given -> Secrets.matches(secrets.command(), given)).isEmpty()) {
            throw new Refusal(403, "This page is of a notebook that has ended, or not of the notebook at all. Load it again.");
        }
    }

    /** With the port: browsers give cookies of one port to all ports of a host. */
    String cookieName() {
        return "course-" + port;
    }

    /** For {@code Set-Cookie}. */
    public String newCookie() {
        return cookieName() + "=" + secrets.cookie() + "; HttpOnly; SameSite=Strict; Path=/";
    }
}

package browser.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import browser.NotebookServer;
import browser.TinyNotebook;
import browser.Web;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lab.Progress;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A page of a run before")
class RenewalTest extends TinyNotebook {
    @Test @DisplayName("finds the server where it was, proves that it is of this clone, and goes on with what it is given")
    void goesOn() throws Exception {
        var key = key(page);
        var before = page;
        restart();
        assertEquals(before.web().port(), server.port());
        assertEquals(403, before.get("/api/01-trial/state").status(), "the cookie of before");
        assertEquals(403, before.post("stop", "{}").status(), "the token of before");
        var challenge = renewal("{\"nonce\":\"page's\"}").json();
        assertEquals(proof(key, "server", server.port(), "page's"), challenge.at("/proof").asString(), "it is ours");
        var answer = renewal("{\"proof\":\"%s\"}".formatted(proof(key, "page", server.port(), challenge.at("/run").asString())));
        assertEquals(200, answer.status());
        var renewed = new Web.Page(before.web(), answer.header("set-cookie").replaceFirst(";.*", ""), answer.json().at("/token").asString(), "01-trial");
        assertEquals(200, renewed.post("stop", "{}").status());
        assertTrue(answer.header("set-cookie").contains("HttpOnly; SameSite=Strict"), answer.header("set-cookie"));
    }

    @Test @DisplayName("is given nothing without the key, for another run, for another port, or as another host or origin")
    void refused() throws Exception {
        var key = key(page);
        var run = run();
        restart();
        for (var proof : List.of("", "guessed", proof("guessed", "page", server.port(), run()), proof(key, "page", server.port(), run), proof(key, "page", server.port() + 1, run()),
                proof(key, "server", server.port(), run()))) {
            var answer = renewal("{\"proof\":\"%s\"}".formatted(proof));
            assertEquals(403, answer.status(), proof);
            assertFalse(answer.headers().containsKey("set-cookie"));
        }
        var right = "{\"proof\":\"%s\"}".formatted(proof(key, "page", server.port(), run()));
        for (var header : List.of(Map.entry("Host", "evil.example"), Map.entry("Origin", "http://evil.example"), Map.entry("Content-Type", "text/plain"))) {
            var headers = headers();
            headers.put(header.getKey(), header.getValue());
            assertTrue(List.of(403, 415).contains(page.web().send("POST /api/renewal", headers, right).status()), header.toString());
        }
        var headers = headers();
        headers.remove("Origin");
        assertEquals(403, page.web().send("POST /api/renewal", headers, right).status(), "no origin at all");
        assertEquals(403, page.web().send("GET /api/renewal", headers(), "").status(), "not by looking");
        assertEquals(400, renewal("{\"nonce\":\"" + "x".repeat(1000) + "\"}").status());
        assertEquals(400, renewal("{}").status());
    }

    @Test @DisplayName("has a key that only the owner can read, that stays with the clone, and that no answer but a page has")
    void key() throws Exception {
        var key = key(page);
        var file = course.root().resolve(".course/notebook/server.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        assertTrue(Files.readString(file).contains(key));
        for (var secret : List.of(page.command(), page.cookie().replaceFirst(".*=", ""), server.address("").replaceFirst(".*=", ""))) {
            assertFalse(Files.readString(file).contains(secret), "what opens this run is written nowhere");
        }
        for (var path : List.of("/api/01-trial/state", "/api/01-trial/export?as=jbang", "/nothing", "/assets/book.css")) {
            assertFalse(page.get(path).body().contains(key), path);
        }
        restart();
        assertEquals(key, key(Web.open(server, "01-trial")));
        assertNotEquals(page.command(), Web.open(server, "01-trial").command());
    }

    @Test @DisplayName("whose port is taken by now: the server says so and takes another one, and begins anew where its file is damaged")
    void portTaken() throws Exception {
        var said = new ArrayList<String>();
        try (var second = NotebookServer.startWhereItWas(course.home(), "embedded", said::add)) {
            assertNotEquals(server.port(), second.port());
            assertTrue(said.getFirst().contains("Port " + server.port() + ", where the notebook was the last time, is taken"), said.toString());
            assertTrue(Files.readString(file()).contains(String.valueOf(second.port())));
        }
        Files.writeString(file(), "{ half");
        try (var third = NotebookServer.startWhereItWas(course.home(), "embedded", said::add)) {
            assertTrue(Files.readString(file()).contains(String.valueOf(third.port())));
        }
        assertEquals(1, said.size(), said.toString());
    }

    private void restart() {
        server.close();
        server = NotebookServer.startWhereItWas(course.home(), "embedded", Progress.SILENT);
    }

    private Path file() {
        return course.root().resolve(".course/notebook/server.json");
    }

    private static String key(Web.Page page) throws IOException {
        return page.get("/01-trial.html").body().replaceFirst("(?s).*course-key\" content=\"([^\"]+).*", "$1");
    }

    private String run() throws IOException {
        return renewal("{\"nonce\":\"any\"}").json().at("/run").asString();
    }

    private Web.Reply renewal(String body) throws IOException {
        return page.web().send("POST /api/renewal", headers(), body);
    }

    /** Without cookie and token. */
    private Map<String, String> headers() {
        return new LinkedHashMap<>(Map.of("Host", page.web().host(), "Origin", "http://" + page.web().host(), "Content-Type", "application/json"));
    }

    private static String proof(String key, String side, int port, String nonce) {
        return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmacHex(side + " 127.0.0.1:" + port + " " + nonce);
    }
}

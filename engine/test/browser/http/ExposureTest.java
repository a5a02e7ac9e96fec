package browser.http;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import browser.BrowserLauncher;
import browser.Web;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the notebook exposes")
class ExposureTest extends OneServer {
    @Test @DisplayName("serves what is in its folders, and nothing that dots, codes or links lead to")
    void traversal() throws IOException {
        Files.createSymbolicLink(course.root().resolve("docs/assets/link.css"), course.root().resolve("secret.html"));
        Files.createSymbolicLink(course.root().resolve("docs/link.html"), course.root().resolve("secret.html"));
        for (var path : List.of("/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html", "/assets/../../secret.html", "/assets/%2e%2e/%2e%2e/secret.html",
                "/assets/..%2f..%2fsecret.html", "/assets/notebook/../../../../secret.html", "/assets//etc/passwd", "/assets/%2fetc%2fpasswd", "//etc/passwd",
                "/assets/link.css", "/link.html", "/assets/book.css%00.js", "/api/..%2f..%2f/state", "/assets/notebook/%5c..%5c..", "/docs/../secret.html")) {
            var reply = page.get(path);
            assertTrue(reply.status() == 404 || reply.status() == 400 || reply.status() == 403, path + " gives " + reply.status());
            assertFalse(reply.body().contains("nobody must read this") || reply.body().contains("root:"), path);
        }
    }

    @Test @DisplayName("reads no more of a body than a cell can need")
    void oversize() throws IOException {
        var body = "{\"id\":\"price\",\"rev\":0,\"source\":\"" + "x".repeat(3 << 20) + "\"}";
        var reply = page.post("save", body);
        assertTrue(reply.status() == 413 || reply.status() == 0, "status " + reply.status()); // or the line is cut while we still send
        assertEquals(0, page.get("/api/01-trial/state").json().at("/cells/0/rev").asInt());
    }

    @Test @DisplayName("says on every answer, refusals included, that nothing foreign may run, frame, sniff or follow")
    void headers() throws IOException {
        for (var reply : List.of(page.get("/01-trial.html"), page.get("/assets/book.css"), page.get("/api/01-trial/state"), page.get("/nothing.html"),
                web.send("GET /", Map.of("Host", "evil.example"), ""), web.send("GET /", Map.of("Host", web.host()), ""), page.post("stop", "{}"))) {
            var policy = reply.header("content-security-policy");
            assertAll(() -> assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self' 'sha256-") && policy.contains("frame-ancestors 'none'")
                    && policy.contains("base-uri 'none'") && policy.contains("form-action 'none'") && !policy.contains("unsafe"), policy),
                () -> assertEquals("nosniff", reply.header("x-content-type-options")), () -> assertEquals("no-referrer", reply.header("referrer-policy")),
                () -> assertEquals("same-origin", reply.header("cross-origin-opener-policy")),
                () -> assertEquals("same-origin", reply.header("cross-origin-resource-policy")), () -> assertEquals("", reply.header("access-control-allow-origin")));
        }
        assertNotEquals(nonce(page.get("/")), nonce(page.get("/")), "a nonce is good for one page");
    }

    private static String nonce(Web.Reply reply) {
        return reply.header("content-security-policy").replaceFirst(".*'nonce-([^']+)'.*", "$1");
    }

    @Test @DisplayName("allows the one script that is written into a page, which its policy names by the hash")
    void inlineScript() throws IOException {
        var reply = page.get("/01-trial.html");
        var inline = Jsoup.parse(reply.body()).select("script:not([src])");
        assertEquals(1, inline.size());
        var hash = Base64.getEncoder().encodeToString(DigestUtils.sha256(inline.first().data()));
        assertTrue(reply.header("content-security-policy").contains("script-src 'self' 'sha256-" + hash + "';"), hash);
        assertEquals("$1", inline.first().data().replaceFirst("(?s).*'(.*)'.*", "$1"), "the script as it is in its file");
    }

    @Test @DisplayName("listens on 127.0.0.1 alone: no other address of this machine leads to it")
    void loopback() throws IOException {
        for (var network : NetworkInterface.networkInterfaces().toList()) {
            for (var address : network.inetAddresses().filter(one -> !one.isLoopbackAddress() && one.getAddress().length == 4).toList()) {
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, web.port()), 2_000);
                    throw new AssertionError("it answers on " + address);
                } catch (IOException refused) {
                    // as it should
                }
            }
        }
    }

    @Test @DisplayName("keeps what others on this machine could read free of secrets, and its files to their owner")
    void secondUser() throws IOException {
        assertEquals(200, page.post("save", "{\"id\":\"total\",\"rev\":0,\"source\":\"var total = 1;\"}").status());
        var token = server.address("").replaceFirst(".*token=", "");
        var written = course.root().resolve(".course/notebook/01-trial.json");
        var sends = BrowserLauncher.write(course.root().resolve(".course/notebook"), server.address(""), server.port());
        for (var file : List.of(written, sends)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
        }
        assertFalse(Files.readString(written).contains(token));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(written.getParent())));
        for (var secret : List.of(token, page.cookie().replaceFirst(".*=", ""), page.command())) {
            assertTrue(ProcessHandle.allProcesses().allMatch(one -> !one.info().commandLine().orElse("").contains(secret)), "a secret is an argument of a command");
        }
        assertFalse(page.get("/api/01-trial/state").body().contains(token));
        assertEquals(200, page.post("restore", "{\"id\":\"total\"}").status());
    }
}

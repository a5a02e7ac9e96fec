package browser.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import browser.Web;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The notebook's gate")
class SecurityTest extends OneServer {
    private static final List<String> ADDRESSES = List.of("/", "/01-trial.html", "/assets/book.css", "/assets/notebook.js", "/api/01-trial/state",
        "/api/01-trial/events", "/api/01-trial/export?as=ipynb", "/nothing.html", "/assets/nothing.css", "/api/nothing");

    @Test @DisplayName("is closed to a name that somebody pointed at 127.0.0.1, on every address, static files and events included")
    void forgedHost() throws IOException {
        for (var address : ADDRESSES) {
            for (var host : List.of("evil.example", "evil.example:" + web.port(), "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:" + web.port())) {
                assertEquals(403, send("GET " + address, with(page.headers(), "Host", host)).status(), address + " as " + host);
            }
        }
        assertEquals(403, send("GET http://evil.example/", page.headers()).status(), "a foreign authority in the request itself");
        assertEquals(200, send("GET /", with(page.headers(), "Host", "localhost:" + web.port())).status());
    }

    @Test @DisplayName("is closed to requests from other pages, whatever they ask for")
    void foreignOrigin() throws IOException {
        for (var origin : List.of("http://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:" + (web.port() + 1),
                "https://127.0.0.1:" + web.port(), "http://127.0.0.1:" + web.port() + ".evil.example")) {
            assertEquals(403, post("stop", with(page.commandHeaders(), "Origin", origin), "{}").status(), origin);
            assertEquals(403, send("GET /api/01-trial/state", with(page.headers(), "Origin", origin)).status(), origin);
        }
        assertEquals(403, post("stop", without(page.commandHeaders(), "Origin"), "{}").status(), "no origin at all");
        assertEquals(200, post("stop", page.commandHeaders(), "{}").status());
    }

    @Test @DisplayName("opens with the cookie alone, and to every address alike")
    void cookie() throws IOException {
        for (var address : ADDRESSES) {
            assertEquals(403, send("GET " + address, without(page.headers(), "Cookie")).status(), address + " without a cookie");
            assertEquals(403, send("GET " + address, with(page.headers(), "Cookie", "course-" + web.port() + "=guessed")).status(), address + " with a wrong one");
            assertEquals(403, send("GET " + address, with(page.headers(), "Cookie", page.cookie().replaceFirst("course-\\d+", "course-1"))).status(), address + " with another port's");
        }
        assertEquals(403, post("stop", without(page.commandHeaders(), "Cookie"), "{}").status());
        assertEquals(403, send("GET /?token=guessed", without(page.headers(), "Cookie")).status());
        assertEquals(403, send("POST /?token=" + server.address("").replaceFirst(".*token=", ""), without(page.commandHeaders(), "Cookie")).status());
    }

    @Test @DisplayName("gives an event stream to nobody without the cookie, not even its beginning")
    void events() throws IOException {
        var reply = send("GET /api/01-trial/events", without(page.headers(), "Cookie"));
        assertEquals(403, reply.status());
        assertFalse(reply.body().contains("event:"), reply.body());
    }

    @Test @DisplayName("sells the cookie for the token: out of reach of scripts and other sites, and the address loses the token")
    void token() throws IOException {
        var reply = send("GET " + server.address("01-trial.html").replaceFirst("^http://[^/]+", ""), Map.of("Host", web.host()));
        assertEquals(303, reply.status());
        assertEquals("/01-trial.html", reply.header("location"));
        var cookie = reply.header("set-cookie");
        assertTrue(cookie.startsWith("course-" + web.port() + "="), cookie);
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), cookie);
        assertFalse(cookie.contains(server.address("").replaceFirst(".*token=", "")), "the cookie is another secret");
    }

    @Test @DisplayName("sends nobody to another site, whatever the address with the token names")
    void openRedirect() throws IOException {
        var token = server.address("").replaceFirst(".*\\?", "?");
        var reply = send("GET //evil.example/" + token, Map.of("Host", web.host()));
        assertEquals(403, reply.status());
        assertEquals("", reply.header("location"));
    }

    @Test @DisplayName("goes on from a file or a link elsewhere without a redirect, along which the browser would not send the cookie")
    void fromElsewhere() throws IOException {
        var reply = send("GET " + server.address("").replaceFirst("^http://[^/]+", ""), new LinkedHashMap<>(Map.of("Host", web.host(), "Sec-Fetch-Site", "cross-site")));
        assertEquals(200, reply.status());
        assertEquals("0; url=/", reply.header("refresh"));
    }

    @Test @DisplayName("takes commands only from its own pages (the token in the header) and only as JSON")
    void commands() throws IOException {
        assertEquals(403, post("stop", without(page.commandHeaders(), "X-Course-Token"), "{}").status());
        assertEquals(403, post("stop", with(page.commandHeaders(), "X-Course-Token", "guessed"), "{}").status());
        for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp")) {
            assertEquals(415, post("stop", with(page.commandHeaders(), "Content-Type", type), "{}").status(), type);
        }
        assertEquals(415, post("stop", without(page.commandHeaders(), "Content-Type"), "{}").status());
        for (var body : List.of("", "[]", "{", "\"stop\"", "null")) {
            assertEquals(400, post("stop", page.commandHeaders(), body).status(), body);
        }
    }

    @Test @DisplayName("changes nothing by looking: no command works by GET, and opening a page runs nothing")
    void getChangesNothing() throws IOException {
        for (var command : List.of("open", "run", "stop", "reset", "save", "scratch", "remove", "exercise/verify", "exercise/reset")) {
            assertEquals(404, page.get("/api/01-trial/" + command).status(), command);
        }
        assertEquals(200, page.get("/01-trial.html").status());
        var state = page.get("/api/01-trial/state").json();
        assertEquals("none", state.at("/database/status").asString(), "nothing has started");
        assertTrue(state.at("/cells").valueStream().allMatch(cell -> cell.at("/status").asString().equals("idle")));
        for (var method : List.of("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH")) {
            assertEquals(405, send(method + " /api/01-trial/state", page.commandHeaders()).status(), method);
        }
    }

    private static Web.Reply send(String request, Map<String, String> headers) throws IOException {
        return web.send(request, headers, "");
    }

    private static Web.Reply post(String command, Map<String, String> headers, String body) throws IOException {
        return web.send("POST /api/01-trial/" + command, headers, body);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, String> without(Map<String, String> headers, String name) {
        var changed = new LinkedHashMap<>(headers);
        changed.remove(name);
        return changed;
    }
}

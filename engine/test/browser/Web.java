package browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests as they are on the wire: no client library would send what an attacker sends. */
public record Web(int port) {
    private static final int TIMEOUT_MS = 20_000;

    /** @param headers by name in lower case; of several the last */
    public record Reply(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** A browser that has its cookie, and a page that has the token for commands. */
    public record Page(Web web, String cookie, String command, String lesson) {
        public Reply get(String path) throws IOException {
            return web.send("GET " + path, headers(), "");
        }

        /**
         * The events from now on, as they come; whoever asks for them closes them.
         *
         * @param window what the window calls itself
         */
        public Heard events(String window) throws IOException {
            var socket = web.connect();
            write(socket, "GET /api/" + lesson + "/events?window=" + window, headers(), "");
            return new Heard(socket, new ByteArrayOutputStream());
        }

        /** A command as the page sends it. */
        public Reply post(String command, String body) throws IOException {
            return web.send("POST /api/" + lesson + "/" + command, commandHeaders(), body);
        }

        public Map<String, String> headers() {
            return new LinkedHashMap<>(Map.of("Host", web.host(), "Cookie", cookie));
        }

        public Map<String, String> commandHeaders() {
            var headers = headers();
            headers.putAll(Map.of("Origin", "http://" + web.host(), "X-Course-Token", command, "Content-Type", "application/json"));
            return headers;
        }
    }

    /** A window that is open. */
    public record Heard(Socket socket, ByteArrayOutputStream soFar) implements AutoCloseable {
        /** All that has come up to now. */
        public String text() throws IOException {
            while (socket.getInputStream().available() > 0) {
                soFar.write(socket.getInputStream().readNBytes(socket.getInputStream().available()));
            }
            return soFar.toString(StandardCharsets.UTF_8);
        }

        @Override public void close() throws IOException {
            socket.close();
        }
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Follows the printed address as a browser does, and reads the page of the lesson. */
    public static Page open(NotebookServer server, String lesson) throws IOException {
        var web = new Web(server.port());
        var exchanged = web.send("GET " + server.address(lesson + ".html").replaceFirst("^http://[^/]+", ""), Map.of("Host", web.host()), "");
        var cookie = exchanged.header("set-cookie").replaceFirst(";.*", "");
        var page = web.send("GET " + exchanged.header("location"), Map.of("Host", web.host(), "Cookie", cookie), "");
        var command = page.body().replaceFirst("(?s).*course-token\" content=\"([^\"]+).*", "$1");
        return new Page(web, cookie, command, lesson);
    }

    /** @param request "GET /path" */
    public Reply send(String request, Map<String, String> headers, String body) throws IOException {
        try (var socket = connect()) {
            write(socket, request, headers, body);
            return read(socket);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private static void write(Socket socket, String request, Map<String, String> headers, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var text = new StringBuilder(request).append(" HTTP/1.1\r\nConnection: close\r\n");
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        if (bytes.length > 0 || request.startsWith("POST")) {
            text.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        var out = socket.getOutputStream();
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        try {
            out.write(bytes);
        } catch (IOException e) {
            // refused before it was read to its end
        }
        out.flush();
    }

    private static Reply read(Socket socket) throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (IOException e) {
            // what came before the other side gave up
        }
        var parts = all.toString(StandardCharsets.UTF_8).split("\r\n\r\n", 2);
        var lines = parts[0].split("\r\n");
        var headers = new LinkedHashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            var pair = lines[i].split(":\\s*", 2);
            headers.put(pair[0].toLowerCase(java.util.Locale.ROOT), pair[1]);
        }
        return new Reply(lines[0].isEmpty() ? 0 : Integer.parseInt(lines[0].split(" ")[1]), headers, Optional.of(parts).filter(p -> p.length > 1).map(p -> p[1]).orElse(""));
    }
}

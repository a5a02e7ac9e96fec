package browser.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Answers a browser; long answers are compressed where it takes that. */
public final class Responses {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MIN_GZIP_BYTES = 1024;

    private Responses() { }

    /** @param body becomes JSON */
    public static void json(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json", JSON.writeValueAsBytes(body));
    }

    /** @param html a whole page */
    public static void html(HttpExchange exchange, int status, String html) throws IOException {
        send(exchange, status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Something made for this request, which browsers shall not cache. */
    public static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        var zips = bytes.length > MIN_GZIP_BYTES && acceptsGzip(exchange);
        write(exchange, status, type, zips ? gzip(bytes) : bytes, zips);
    }

    static void write(HttpExchange exchange, int status, String type, byte[] bytes, boolean gzipped) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        if (gzipped) {
            headers.set("Content-Encoding", "gzip");
        }
        if (exchange.getRequestMethod().equals("HEAD") || bytes.length == 0) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static boolean acceptsGzip(HttpExchange exchange) {
        var accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var gzipped = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (var gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(bytes);
        }
        return gzipped.toByteArray();
    }
}

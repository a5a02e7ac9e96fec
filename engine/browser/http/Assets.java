package browser.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.codec.digest.DigestUtils;

/** Serves the files that pages need: the book's, and the notebook's own. */
public final class Assets {
    private static final Map<String, String> TYPES = Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8",
        "json", "application/json", "svg", "image/svg+xml", "png", "image/png", "woff2", "font/woff2", "ico", "image/x-icon",
        "txt", "text/plain; charset=utf-8", "html", "text/html; charset=utf-8");
    private final Path book;
    private final Path notebook;
    private final Map<Path, CachedFile> cache = new ConcurrentHashMap<>();

    /** A file as it was when it had been changed at this time, in milliseconds. */
    private record CachedFile(long changed, byte[] plain, byte[] packed, String tag) { }

    /** @param root the clone of the course */
    public Assets(Path root) {
        this.book = root.resolve("docs/assets");
        this.notebook = root.resolve("engine/browser/page");
    }

    /**
     * Sends a file, or that the browser has it already.
     *
     * @param name what follows {@code /assets/}; below notebook/ are the notebook's own files alone
     * @throws Refusal where there is no such file
     */
    public void serve(HttpExchange exchange, String name) throws IOException {
        var file = name.startsWith("notebook/") ? inside(notebook, name.substring("notebook/".length()))
            : inside(book, name).or(() -> inside(notebook, name));
        if (file.isEmpty() || !TYPES.containsKey(extension(file.get()))) {
            throw Refusal.notFound("file " + name);
        }
        send(exchange, file.get());
    }

    /** The file of that name, if it is really in the folder: neither dots nor links lead out of it. */
    static Optional<Path> inside(Path folder, String name) {
        try {
            var real = folder.resolve(name.startsWith("/") ? "." + name : name).toRealPath();
            return Optional.of(real).filter(file -> file.startsWith(real(folder)) && Files.isRegularFile(file));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder; // then nothing is inside it either
        }
    }

    private void send(HttpExchange exchange, Path file) throws IOException {
        var content = content(file);
        var headers = exchange.getResponseHeaders();
        headers.set("Cache-Control", "no-cache");
        headers.set("ETag", content.tag());
        headers.set("Vary", "Accept-Encoding");
        if (exchange.getRequestHeaders().getOrDefault("If-None-Match", List.of()).contains(content.tag())) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        var packed = Responses.acceptsGzip(exchange) && content.packed().length < content.plain().length;
        Responses.write(exchange, 200, TYPES.get(extension(file)), packed ? content.packed() : content.plain(), packed);
    }

    private CachedFile content(Path file) throws IOException {
        var changed = Files.getLastModifiedTime(file).toMillis();
        var known = cache.get(file);
        if (known != null && known.changed() == changed) {
            return known;
        }
        var bytes = Files.readAllBytes(file);
        var fresh = new CachedFile(changed, bytes, Responses.gzip(bytes), '"' + DigestUtils.sha256Hex(bytes).substring(0, 16) + '"');
        cache.put(file, fresh);
        return fresh;
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}

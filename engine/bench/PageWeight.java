package bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What a page and all that it loads weigh on their way to the browser, in bytes. */
final class PageWeight {
    /** Links of the page; modules and what they load later; fonts and pictures of style sheets. */
    private static final List<Pattern> NAMED = List.of(
        Pattern.compile("<(?:link|script|img)\\b[^>]*\\b(?:href|src)=\"([^\"]+)\""),
        Pattern.compile("(?:from|import)\\s*\\(?\\s*[\"']([./][^\"']+\\.js)[\"']"),
        Pattern.compile("url\\(\"?([^\")]+)\"?\\)"));
    private final NotebookClient notebookClient;
    private final Map<String, Integer> bytes = new HashMap<>();

    private PageWeight(NotebookClient notebookClient) {
        this.notebookClient = notebookClient;
    }

    /** By address, all that the page at an address loads, itself included. */
    static Map<String, Integer> of(NotebookClient notebookClient, String page) throws IOException, InterruptedException {
        var pageWeight = new PageWeight(notebookClient);
        pageWeight.follow(page);
        return pageWeight.bytes;
    }

    private void follow(String page) throws IOException, InterruptedException {
        var left = new ArrayDeque<>(List.of(page));
        while (!left.isEmpty()) {
            var path = left.pop();
            if (!bytes.containsKey(path)) {
                var packed = notebookClient.get(path, "Accept-Encoding", "gzip");
                bytes.put(path, packed.length);
                left.addAll(named(path, text(packed)));
            }
        }
    }

    private static List<String> named(String path, String text) {
        var kind = path.endsWith(".html") ? 0 : path.endsWith(".js") ? 1 : path.endsWith(".css") ? 2 : -1;
        return kind < 0 ? List.of() : NAMED.get(kind).matcher(text).results().map(found -> found.group(1))
            .filter(name -> !name.startsWith("data:") && !name.contains("#") && !name.endsWith(".html"))
            .map(name -> URI.create(path).resolve(name).getPath()).distinct().toList();
    }

    private static String text(byte[] packed) throws IOException {
        var isPacked = packed.length > 1 && packed[0] == 0x1f && packed[1] == (byte) 0x8b;
        try (var in = isPacked ? new GZIPInputStream(new ByteArrayInputStream(packed)) : new ByteArrayInputStream(packed)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

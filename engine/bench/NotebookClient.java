package bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page of the notebook, without a browser around it: sends and receives what a browser would, and notes when. */
final class NotebookClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TIMEOUT_SECONDS = 60;
    private static final Set<String> ENDED = Set.of("done", "failed", "stopped", "lost");
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).cookieHandler(new CookieManager())
        .followRedirects(HttpClient.Redirect.NORMAL).build();
    private final LinkedBlockingQueue<ReceivedEvent> received = new LinkedBlockingQueue<>();
    private final List<String> cells = new ArrayList<>();
    private final URI address;
    private final String lesson;
    private String html = "";
    private String token = "";

    /** @param at when it came, by {@link System#nanoTime} */
    record ReceivedEvent(long at, String type, JsonNode data) {
        String word(String name) {
            return data.path(name).asString("");
        }

        /** Whether it says that a cell stands so. */
        boolean isCell(String id, String status) {
            return type.equals("cell") && word("id").equals(id) && word("status").equals(status);
        }
    }

    NotebookClient(URI address, String lesson) {
        this.address = address;
        this.lesson = lesson;
    }

    /** Loads the page to its last byte. */
    void load() throws IOException, InterruptedException {
        html = new String(get(address.toString()), StandardCharsets.UTF_8);
        token = html.replaceFirst("(?s).*?course-token\" content=\"([^\"]+).*", "$1");
    }

    String html() {
        return html;
    }

    /** The bytes as they travel: packed, where the server packs them and {@code headers} take it. */
    byte[] get(String path, String... headers) throws IOException, InterruptedException {
        var asked = HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(TIMEOUT_SECONDS));
        if (headers.length > 0) {
            asked.headers(headers);
        }
        var answer = client.send(asked.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " is answered with status " + answer.statusCode());
        }
        return answer.body();
    }

    /** Receives events from now on, and says that the page is open, as a loaded page does. */
    void open() throws IOException, InterruptedException {
        var stream = client.send(HttpRequest.newBuilder(address.resolve("/api/" + lesson + "/events")).build(), HttpResponse.BodyHandlers.ofLines());
        Thread.ofPlatform().daemon().name("events").start(() -> listen(stream));
        await("the state", event -> event.type().equals("state"));
        post("open", Map.of());
    }

    private void listen(HttpResponse<java.util.stream.Stream<String>> stream) {
        var type = "";
        try (var lines = stream.body()) {
            for (var each = lines.iterator(); each.hasNext(); ) {
                var line = each.next();
                if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    var at = System.nanoTime();
                    received.add(new ReceivedEvent(at, type, JSON.readTree(line.substring(6))));
                }
            }
        } catch (java.io.UncheckedIOException e) {
            // the server has ended, or this window; whoever waits for an event says so
        }
    }

    JsonNode post(String command, Object body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("/api/" + lesson + "/" + command)).timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
            .header("Content-Type", "application/json").header("Origin", "http://" + address.getAuthority())
            .header("X-Course-Token", token)
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))).build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(command + " is answered with status " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** The next event that is so; what came before it is forgotten. */
    ReceivedEvent await(String what, Predicate<ReceivedEvent> isSo) throws IOException, InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            var next = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new IOException("the notebook did not tell " + what + " within " + TIMEOUT_SECONDS + " s");
            }
            if (isSo.test(next)) {
                return next;
            }
        }
    }

    /** The id of a new cell. */
    String cell(String language, String source) throws IOException, InterruptedException {
        var id = post("scratch", Map.of("after", "", "language", language, "source", source)).at("/cell/id").asString();
        cells.add(id);
        return id;
    }

    /** Takes out all cells that it has added, so that whoever measures next has the page that a learner has. */
    void removeCells() throws IOException, InterruptedException {
        for (var id : cells) {
            post("remove", Map.of("id", id));
        }
        cells.clear();
    }

    /** Runs a cell; returns before it has ended. What was received before is forgotten. */
    void start(String id) throws IOException, InterruptedException {
        received.clear();
        post("run", Map.of("cells", List.of(Map.of("id", id))));
    }

    /** Seconds from the request until all that the cell shows is here, and that it has ended. */
    double run(String id) throws IOException, InterruptedException {
        var start = System.nanoTime();
        start(id);
        var end = await("the end of cell " + id, event -> ENDED.stream().anyMatch(how -> event.isCell(id, how)));
        if (!end.word("status").equals("done")) {
            throw new IOException("cell " + id + " is " + end.word("status") + " instead of done");
        }
        return (end.at() - start) / 1e9;
    }

    @Override public void close() {
        client.shutdownNow();
    }
}

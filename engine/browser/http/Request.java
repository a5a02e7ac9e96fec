package browser.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request of a browser. */
public record Request(HttpExchange exchange) {
    static final int MAX_BYTES = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    String method() {
        return exchange.getRequestMethod();
    }

    /** Whether it changes something: a POST. */
    public boolean isCommand() {
        return method().equals("POST");
    }

    /** Without the query, decoded. */
    public String path() {
        return exchange.getRequestURI().getPath();
    }

    /** The parts of the path, "api", "05-indexing", "exercise", "verify". */
    public List<String> parts() {
        return Arrays.stream(path().split("/")).filter(part -> !part.isEmpty()).toList();
    }

    /** A header that came exactly once. */
    public Optional<String> header(String name) {
        var values = exchange.getRequestHeaders().getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    boolean has(String header) {
        return exchange.getRequestHeaders().containsKey(header);
    }

    /** A parameter of the query, decoded. */
    public Optional<String> query(String name) {
        var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return Arrays.stream(query.split("&")).filter(pair -> pair.startsWith(name + "="))
            .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8)).findFirst();
    }

    Optional<String> cookie(String name) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
            .flatMap(line -> Arrays.stream(line.split(";"))).map(String::strip)
            .filter(pair -> pair.startsWith(name + "=")).map(pair -> pair.substring(name.length() + 1)).findFirst();
    }

    /** The JSON object of a command. @throws Refusal where it is none, or longer than 1 MiB */
    public JsonNode body() throws IOException {
        var bytes = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new Refusal(413, "that is more than " + (MAX_BYTES >> 20) + " MiB at once; a cell has to be smaller");
        }
        try {
            var body = JSON.readTree(bytes);
            if (body == null || !body.isObject()) {
                throw new Refusal(400, "the body has to be a JSON object");
            }
            return body;
        } catch (JacksonException e) {
            throw new Refusal(400, "the body is no JSON: " + e.getOriginalMessage());
        }
    }
}

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Requests and answers, and which failure is which status. */
final class Http implements AutoCloseable {
    private static final int LARGEST_BODY = 10_000;
    private static final Set<String> BUSY = Set.of("40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300", "25006");
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Counters counters;

    /** Answers one request. */
    interface Handler {
        Api.Response answer(Api.Request request) throws SQLException, InterruptedException;
    }

    Http(int port, Counters counters) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or an answer waits 40 ms for its own beginning
        this.counters = counters;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        server.setExecutor(threads);
    }

    void on(String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                send(exchange, answer(exchange, handler));
            }
        });
    }

    int start() {
        server.start();
        return server.getAddress().getPort();
    }

    private Api.Response answer(HttpExchange exchange, Handler handler) throws IOException {
        try {
            return handler.answer(request(exchange));
        } catch (Refusal e) {
            return failure(e.status(), e.getMessage());
        } catch (SQLException e) {
            return sqlFailure(e);
        } catch (InterruptedException | RuntimeException e) {
            System.err.println("failed: " + e);        // of us alone: no value of the request is in it
            return failure(500, "this failed, and we know of it");
        }
    }

    // tag::failures[]
    private static Api.Response sqlFailure(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        if (e instanceof SQLTransientConnectionException || state.startsWith("08") || BUSY.contains(state)) {
            return failure(503, "busy, come back with the same key");
        }
        System.err.println("failed: SQLSTATE " + state); // a message of PostgreSQL may hold values (lesson 12)
        return failure(500, "this failed, and we know of it");
    }
    // end::failures[]

    private static Api.Response failure(int status, String message) {
        return new Api.Response(status, Api.json(Map.of("error", message)), Optional.empty());
    }

    private static Api.Request request(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new Refusal(413, "the body has more than " + LARGEST_BODY + " bytes");
        }
        return new Api.Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), query(exchange),
            new String(body, StandardCharsets.UTF_8), header(exchange, "Authorization"), header(exchange, "Idempotency-Key"),
            header(exchange, "X-Written-At"));
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        for (var pair : Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("").split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private void send(HttpExchange exchange, Api.Response response) throws IOException {
        counters.add("billing_responses_total{status=\"" + response.status() + "\"}");
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.body().startsWith("{") ? "application/json" : "text/plain; version=0.0.4");
        response.writtenAt().ifPresent(lsn -> headers.set("X-Written-At", lsn));
        if (response.status() == 503) {
            headers.set("Retry-After", "1");
        }
        var bytes = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Takes no more requests, and waits for those that it has. */
    @Override public void close() {
        server.stop(5);
        threads.close();
    }
}

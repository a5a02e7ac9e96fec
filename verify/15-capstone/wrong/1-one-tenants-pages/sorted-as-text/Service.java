import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = new JsonMapper();
final HikariDataSource pool = new HikariDataSource();
final Map<String, String> tenants = new HashMap<>();

record Reply(int status, Object body) { }

record Invoice(long id, String customer, String amount) { }

record Page(List<Invoice> items, String next) { }

/** Where the page before ended: created_at, as PostgreSQL writes it, and id. */
record Position(String createdAt, long id) { }

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    for (var entry : System.getenv("TOKENS").split(",")) {
        int at = entry.lastIndexOf('=');
        tenants.put(entry.substring(0, at), entry.substring(at + 1));
    }
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/invoices", this::serve);
    server.start();
    IO.println("listening on 127.0.0.1:" + server.getAddress().getPort());
}

void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
        var reply = reply(exchange);
        var body = json.writeValueAsBytes(reply.body());
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}

Reply reply(HttpExchange exchange) {
    var tenant = tenant(exchange.getRequestHeaders().getFirst("Authorization"));
    if (tenant.isEmpty()) {
        return new Reply(401, Map.of("error", "a token, please"));
    }
    var parameters = parameters(exchange.getRequestURI());
    var limit = limit(parameters.getOrDefault("limit", "20"));
    if (limit.isEmpty()) {
        return new Reply(400, Map.of("error", "limit is 1 to 100"));
    }
    var start = Optional.ofNullable(parameters.get("after")).map(this::position);
    if (parameters.containsKey("after") && start.isEmpty()) {
        return new Reply(400, Map.of("error", "after is no cursor"));
    }
    try {
        return new Reply(200, page(tenant.get(), limit.getAsInt(), start));
    } catch (SQLException e) {
        return new Reply(500, Map.of("error", "the database failed; try again"));
    }
}

Optional<String> tenant(String authorization) {
    return authorization != null && authorization.startsWith("Bearer ")
            ? Optional.ofNullable(tenants.get(authorization.substring("Bearer ".length())))
            : Optional.empty();
}

OptionalInt limit(String text) {
    if (!text.matches("[1-9][0-9]?|100")) {
        return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text));
}

Map<String, String> parameters(URI uri) {
    var found = new HashMap<String, String>();
    for (var pair : Objects.requireNonNullElse(uri.getQuery(), "").split("&")) {
        var parts = pair.split("=", 2);
        found.put(parts[0], parts[parts.length - 1]);
    }
    return found;
}

/** The cursor is signed: what was not made here is none. */
String cursor(Position position) {
    var text = Base64.getUrlEncoder().withoutPadding()
            .encodeToString((position.id() + "|" + position.createdAt()).getBytes(StandardCharsets.UTF_8));
    return text + "." + signature(text);
}

/** Null where the cursor is not one of ours. */
Position position(String cursor) {
    int dot = cursor.indexOf('.');
    if (dot < 0 || !MessageDigest.isEqual(signature(cursor.substring(0, dot)).getBytes(StandardCharsets.UTF_8),
            cursor.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
        return null;
    }
    var parts = new String(Base64.getUrlDecoder().decode(cursor.substring(0, dot)), StandardCharsets.UTF_8).split("\\|", 2);
    return new Position(parts[1], Long.parseLong(parts[0]));
}

String signature(String text) {
    try {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(("cursor " + System.getenv("APP_PASSWORD")).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
    }
}

Page page(String tenant, int limit, Optional<Position> start) throws SQLException {
    var items = new ArrayList<Invoice>();
    Position last = null;
    String next = null;
    try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        try (var set = connection.prepareStatement("""
                select set_config('app.tenant', ?, true), set_config('enable_seqscan', 'off', true),
                       set_config('enable_bitmapscan', 'off', true)""")) {
            set.setString(1, tenant);
            set.execute();
        }
        var after = start.isPresent() ? "where (created_at, id) < (cast(? as timestamptz), cast(? as bigint))" : "";
        try (var select = connection.prepareStatement("""
                select id, customer, amount::text, (created_at at time zone 'UTC')::text || '+00' as created_at from billing.invoices %s
                order by created_at desc, id desc limit %d""".formatted(after, limit + 1))) {
            if (start.isPresent()) {
                select.setString(1, start.get().createdAt());
                select.setLong(2, start.get().id());
            }
            var rows = select.executeQuery();
            while (rows.next()) {
                if (items.size() == limit) {
                    next = cursor(last);
                } else {
                    items.add(new Invoice(rows.getLong(1), rows.getString(2), rows.getString(3)));
                    last = new Position(rows.getString(4), rows.getLong(1));
                }
            }
        }
        connection.commit();
    }
    return new Page(items, next);
}

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = new JsonMapper();
final HikariDataSource pool = new HikariDataSource();
final Map<String, String> tenants = new HashMap<>();

record Reply(int status, Object body) { }

record Invoice(long id, String customer, String amount) { }

record Page(List<Invoice> items, String next) { }

record Cursor(OffsetDateTime createdAt, long id) { }

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    for (var entry : System.getenv("TOKENS").split(",")) {
        int equals = entry.lastIndexOf('=');
        tenants.put("Bearer " + entry.substring(0, equals), entry.substring(equals + 1));
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
    var tenant = tenants.get(exchange.getRequestHeaders().getFirst("Authorization"));
    if (tenant == null) {
        return new Reply(401, Map.of("error", "whose invoices?"));
    }
    try {
        var parameters = parameters(exchange.getRequestURI());
        int limit = limit(parameters.getOrDefault("limit", "20"));
        var after = parameters.containsKey("after") ? opened(parameters.get("after")) : null;
        return new Reply(200, page(tenant, limit, after));
    } catch (IllegalArgumentException e) {
        return new Reply(400, Map.of("error", "limit is 1 to 100, and after the next of another page"));
    } catch (SQLException e) {
        return new Reply(500, Map.of("error", "the database failed; try again"));
    }
}

Map<String, String> parameters(URI uri) {
    var found = new HashMap<String, String>();
    for (var pair : Objects.requireNonNullElse(uri.getQuery(), "").split("&")) {
        var parts = pair.split("=", 2);
        found.put(parts[0], parts[parts.length - 1]);
    }
    return found;
}

int limit(String text) {
    if (!text.matches("[1-9][0-9]?|100")) {
        throw new IllegalArgumentException();
    }
    return Integer.parseInt(text);
}

Page page(String tenant, int limit, Cursor after) throws SQLException {
    try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        // What is set ends with the transaction. Only a scan of the index in its order reads no more than a page.
        try (var set = connection.prepareStatement("""
                select set_config('app.tenant', ?, true), set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)""")) {
            set.setString(1, tenant);
            set.execute();
        }
        try (var select = connection.prepareStatement("select id, customer, amount, created_at from billing.invoices"
                + (after == null ? "" : " where (created_at, id) < (?, ?)") + " order by created_at desc, id desc limit ?")) {
            int n = 1;
            if (after != null) {
                select.setObject(n++, after.createdAt());
                select.setLong(n++, after.id());
            }
            select.setInt(n, limit + 1);
            var page = read(select.executeQuery(), limit);
            connection.commit();
            return page;
        }
    }
}

Page read(ResultSet rows, int limit) throws SQLException {
    var items = new ArrayList<Invoice>();
    Cursor last = null;
    while (rows.next()) {
        if (items.size() == limit) {
            return new Page(items, sealed(last));
        }
        last = new Cursor(rows.getObject("created_at", OffsetDateTime.class), rows.getLong("id"));
        items.add(new Invoice(last.id(), rows.getString("customer"), rows.getString("amount")));
    }
    return new Page(items, null);
}

String sealed(Cursor cursor) {
    var text = (cursor.createdAt() + "~" + cursor.id()).getBytes(StandardCharsets.UTF_8);
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(text) + "." + encoder.encodeToString(mac(text));
}

Cursor opened(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 2) {
        throw new IllegalArgumentException();
    }
    var decoded = Base64.getUrlDecoder().decode(parts[0]);
    if (!MessageDigest.isEqual(mac(decoded), Base64.getUrlDecoder().decode(parts[1]))) {
        throw new IllegalArgumentException();
    }
    var fields = new String(decoded, StandardCharsets.UTF_8).split("~");
    var cursor = new Cursor(OffsetDateTime.parse(fields[0]), Long.parseLong(fields[1]));
    if (!sealed(cursor).equals(text)) { // another spelling of the same bytes
        throw new IllegalArgumentException();
    }
    return cursor;
}

/** The same in each instance and after a restart. */
byte[] mac(byte[] text) {
    try {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(("cursor " + System.getenv("TOKENS")).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
    }
}

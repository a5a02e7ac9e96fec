import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = new JsonMapper();
final HikariDataSource pool = new HikariDataSource();
final Map<String, String> tenants = new HashMap<>();

volatile String asking = "";

record Reply(int status, Object body) { }

record Invoice(long id, String customer, String amount) { }

record Page(List<Invoice> items, String next) { }

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    for (var entry : System.getenv("TOKENS").split(",")) {
        tenants.put("Bearer " + entry.split("=")[0], entry.split("=")[1]);
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
        return new Reply(401, Map.of("error", "who asks? Send Authorization: Bearer and your token"));
    }
    asking = tenant;
    try {
        var parameters = parameters(exchange.getRequestURI());
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "20"));
        if (limit < 1 || limit > 100) {
            return new Reply(400, Map.of("error", "limit is 1 to 100, and not " + limit));
        }
        return new Reply(200, page(tenant, limit, Cursor.of(parameters.get("after"))));
    } catch (IllegalArgumentException | DateTimeException e) {
        return new Reply(400, Map.of("error", "neither limit nor cursor: " + e.getMessage()));
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

/** The last invoice that was seen: the next page begins after it, whatever came or went meanwhile. */
record Cursor(OffsetDateTime createdAt, long id) {
    static Cursor of(String text) {
        if (text == null) {
            return new Cursor(OffsetDateTime.MAX, Long.MAX_VALUE); // which pgjdbc sends as infinity
        }
        var parts = text.split("_");
        if (parts.length != 2) {
            throw new IllegalArgumentException("the cursor " + text);
        }
        return new Cursor(Instant.parse(parts[0]).atOffset(ZoneOffset.UTC), Long.parseLong(parts[1]));
    }

    @Override public String toString() {
        return createdAt.toInstant() + "_" + id;
    }
}

Page page(String tenant, int limit, Cursor after) throws SQLException {
    try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false); // who asks is said for this transaction, and forgotten with it
        try (var say = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            say.setString(1, asking);
            say.execute();
        }
        try (var select = connection.prepareStatement("""
                select id, customer, amount, created_at from billing.invoices
                where (created_at, id) < (?, ?) order by created_at desc, id desc limit ?""")) {
            select.setObject(1, after.createdAt());
            select.setLong(2, after.id());
            select.setInt(3, limit + 1); // one more tells whether there is a next page
            return read(select.executeQuery(), limit);
        }
    }
}

Page read(ResultSet rows, int limit) throws SQLException {
    var items = new ArrayList<Invoice>();
    Cursor last = null;
    while (rows.next()) {
        if (items.size() == limit) {
            return new Page(items, last.toString());
        }
        items.add(new Invoice(rows.getLong("id"), rows.getString("customer"), rows.getBigDecimal("amount").toPlainString()));
        last = new Cursor(rows.getObject("created_at", OffsetDateTime.class), rows.getLong("id"));
    }
    return new Page(items, null);
}

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

/** Where a page ended. */
record Cursor(String createdAt, long id) {
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((id + "|" + createdAt).getBytes(StandardCharsets.UTF_8));
    }

    static Cursor of(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
            var cursor = new Cursor(parts[1], Long.parseLong(parts[0]));
            if (!cursor.text().equals(text)) {
                throw new BadRequest("after");
            }
            return cursor;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new BadRequest("after");
        }
    }
}

static class BadRequest extends RuntimeException {
    BadRequest(String what) {
        super(what);
    }
}

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    for (var entry : System.getenv("TOKENS").split(",")) {
        int at = entry.lastIndexOf('=');
        tenants.put("Bearer " + entry.substring(0, at), entry.substring(at + 1));
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
    try {
        var tenant = tenants.get(exchange.getRequestHeaders().getFirst("Authorization"));
        if (tenant == null) {
            return new Reply(401, Map.of("error", "a token, please"));
        }
        var parameters = parameters(exchange.getRequestURI());
        var after = parameters.get("after");
        return new Reply(200, page(tenant, limit(parameters.getOrDefault("limit", "20")), after == null ? null : Cursor.of(after)));
    } catch (BadRequest e) {
        return new Reply(400, Map.of("error", "what is this: " + e.getMessage()));
    } catch (SQLException e) {
        return new Reply(500, Map.of("error", "the database failed; try again"));
    }
}

int limit(String text) {
    try {
        int limit = Integer.parseInt(text);
        if (limit >= 1 && limit <= 100) {
            return limit;
        }
    } catch (NumberFormatException e) {
        // the same as one that is out of range
    }
    throw new BadRequest("limit");
}

Map<String, String> parameters(URI uri) {
    var found = new HashMap<String, String>();
    for (var pair : Objects.requireNonNullElse(uri.getQuery(), "").split("&")) {
        var parts = pair.split("=", 2);
        found.put(parts[0], parts[parts.length - 1]);
    }
    return found;
}

Page page(String tenant, int limit, Cursor after) throws SQLException {
    try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, true)");
                var select = connection.prepareStatement("select id, customer, amount, created_at from billing.invoices "
                        + (after == null ? "" : "where (created_at, id) < (?::timestamptz, ?) ")
                        + "order by created_at desc, id desc limit ?")) {
            set.setString(1, tenant);
            set.execute();
            int i = 1;
            if (after != null) {
                select.setString(i++, after.createdAt());
                select.setLong(i++, after.id());
            }
            select.setInt(i, limit + 1);
            var page = read(select.executeQuery(), limit);
            connection.commit();
            return page;
        }
    }
}

/** One more than was asked for says that there is a next page. */
Page read(ResultSet rows, int limit) throws SQLException {
    var items = new ArrayList<Invoice>();
    Cursor last = null;
    while (rows.next()) {
        if (items.size() == limit) {
            return new Page(items, last.text());
        }
        var amount = rows.getBigDecimal("amount");
        items.add(new Invoice(rows.getLong("id"), rows.getString("customer"), amount == null ? null : amount.toPlainString()));
        last = new Cursor(rows.getString("created_at"), rows.getLong("id"));
    }
    return new Page(items, null);
}

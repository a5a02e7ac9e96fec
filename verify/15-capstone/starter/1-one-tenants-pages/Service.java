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
    try {
        var parameters = parameters(exchange.getRequestURI());
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "20"));
        return new Reply(200, page(limit, Integer.parseInt(parameters.getOrDefault("after", "0"))));
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

Page page(int limit, int after) throws SQLException {
    try (var connection = pool.getConnection(); var select = connection.prepareStatement("""
            select id, customer, amount from billing.invoices order by created_at desc limit ? offset ?""")) {
        select.setInt(1, limit);
        select.setInt(2, after);
        return new Page(read(select.executeQuery()), String.valueOf(after + limit));
    }
}

List<Invoice> read(ResultSet rows) throws SQLException {
    var items = new ArrayList<Invoice>();
    while (rows.next()) {
        items.add(new Invoice(rows.getLong("id"), rows.getString("customer"), rows.getBigDecimal("amount").toPlainString()));
    }
    return items;
}

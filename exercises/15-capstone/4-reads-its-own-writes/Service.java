import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = new JsonMapper();
final HikariDataSource primary = new HikariDataSource();
final HikariDataSource standby = new HikariDataSource();

record Invoice(String customer, BigDecimal amount) { }

record Reply(int status, Map<String, ?> body) { }

void main() throws IOException {
    configure(primary, "JDBC_URL");
    configure(standby, "READ_JDBC_URL");
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/invoices/", this::serve);
    server.start();
    IO.println("listening on 127.0.0.1:" + server.getAddress().getPort());
}

void configure(HikariDataSource pool, String url) {
    pool.setJdbcUrl(System.getenv(url));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
}

void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
        var reply = reply(exchange);
        var body = json.writeValueAsBytes(reply.body());
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}

Reply reply(HttpExchange exchange) throws IOException {
    long id = Long.parseLong(exchange.getRequestURI().getPath().substring("/invoices/".length()));
    try {
        if (exchange.getRequestMethod().equals("PUT")) {
            return store(id, json.readValue(exchange.getRequestBody().readAllBytes(), Invoice.class));
        }
        return find(id);
    } catch (SQLException e) {
        return new Reply(500, Map.of("error", "the database failed; try again"));
    }
}

Reply store(long id, Invoice invoice) throws SQLException {
    try (var connection = primary.getConnection(); var store = connection.prepareStatement("""
            insert into billing.invoices values (?, ?, ?)
            on conflict (id) do update set customer = excluded.customer, amount = excluded.amount""")) {
        store.setLong(1, id);
        store.setString(2, invoice.customer());
        store.setBigDecimal(3, invoice.amount());
        store.executeUpdate();
        return new Reply(200, Map.of("id", id, "customer", invoice.customer(), "amount", invoice.amount().toPlainString()));
    }
}

Reply find(long id) throws SQLException {
    try (var connection = standby.getConnection(); var find = connection.prepareStatement("select customer, amount from billing.invoices where id = ?")) {
        find.setLong(1, id);
        var row = find.executeQuery();
        return row.next() ? new Reply(200, Map.of("id", id, "customer", row.getString("customer"), "amount", row.getBigDecimal("amount").toPlainString()))
            : new Reply(404, Map.of("error", "no invoice " + id));
    }
}

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.net.http.*;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = new JsonMapper();
final HikariDataSource pool = new HikariDataSource();
final HttpClient http = HttpClient.newHttpClient();

record Invoice(String customer, BigDecimal amount) { }

record Reply(int status, Map<String, ?> body) { }

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/invoices", this::serve);
    server.start();
    IO.println("listening on 127.0.0.1:" + server.getAddress().getPort());
}

void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
        var reply = reply(exchange.getRequestBody().readAllBytes());
        var body = json.writeValueAsBytes(reply.body());
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}

Reply reply(byte[] body) {
    try {
        return new Reply(201, Map.of("id", store(json.readValue(body, Invoice.class))));
    } catch (SQLException | IOException | InterruptedException e) {
        return new Reply(500, Map.of("error", "it failed; try again"));
    }
}

long store(Invoice invoice) throws SQLException, IOException, InterruptedException {
    try (var connection = pool.getConnection(); var insert = connection.prepareStatement(
            "insert into billing.invoices (customer, amount) values (?, ?) returning id")) {
        connection.setAutoCommit(false);
        insert.setString(1, invoice.customer());
        insert.setBigDecimal(2, invoice.amount());
        var row = insert.executeQuery();
        row.next();
        tell(json.writeValueAsString(Map.of("event", UUID.randomUUID(), "invoice", row.getLong("id"), "customer", invoice.customer(), "amount", invoice.amount().toPlainString())));
        connection.commit();
        return row.getLong("id");
    }
}

void tell(String event) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(System.getenv("EVENTS_URL"))).POST(HttpRequest.BodyPublishers.ofString(event)).build();
    http.send(request, HttpResponse.BodyHandlers.discarding());
}

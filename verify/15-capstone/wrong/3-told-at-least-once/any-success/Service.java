import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.net.http.*;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

final int TELLERS = 6;

final JsonMapper json = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
final HikariDataSource pool = new HikariDataSource();
final HikariDataSource tellers = new HikariDataSource();
final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
final URI events = URI.create(System.getenv("EVENTS_URL"));

record Invoice(String customer, BigDecimal amount) { }

record Reply(int status, Map<String, ?> body) { }

void main() throws IOException {
    configure(pool, Integer.parseInt(System.getenv("POOL_SIZE")));
    configure(tellers, TELLERS);
    for (int i = 0; i < TELLERS; i++) {
        Thread.startVirtualThread(this::tellForever);
    }
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/invoices", this::serve);
    server.start();
    IO.println("listening on 127.0.0.1:" + server.getAddress().getPort());
}

void configure(HikariDataSource pool, int connections) {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(connections);
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
        var invoice = json.readValue(body, Invoice.class);
        if (invoice == null || invoice.customer() == null || invoice.amount() == null) {
            return new Reply(400, Map.of("error", "an invoice has a customer and an amount"));
        }
        return new Reply(201, Map.of("id", store(invoice)));
    } catch (JacksonException e) {
        return new Reply(400, Map.of("error", "that is no invoice"));
    } catch (SQLException e) {
        var state = String.valueOf(e.getSQLState());
        if (state.startsWith("22") || state.startsWith("23")) {
            return new Reply(400, Map.of("error", "that is no valid invoice"));
        }
        return new Reply(500, Map.of("error", "it failed; try again"));
    }
}

/** The invoice and what is to be told of it are committed together. */
long store(Invoice invoice) throws SQLException {
    try (var connection = pool.getConnection();
         var insert = connection.prepareStatement("insert into billing.invoices (customer, amount) values (?, ?) returning id");
         var tell = connection.prepareStatement("insert into billing.outbox (event, body) values (?, ?)")) {
        connection.setAutoCommit(false);
        insert.setString(1, invoice.customer());
        insert.setBigDecimal(2, invoice.amount());
        var row = insert.executeQuery();
        row.next();
        long id = row.getLong("id");
        var event = UUID.randomUUID();
        tell.setObject(1, event);
        tell.setString(2, json.writeValueAsString(Map.of("event", event, "invoice", id, "customer", invoice.customer(), "amount", invoice.amount().toPlainString())));
        tell.executeUpdate();
        connection.commit();
        return id;
    }
}

void tellForever() {
    while (true) {
        try {
            if (!tellNext()) {
                Thread.sleep(100);
            }
        } catch (SQLException | RuntimeException e) {
            pause();
        } catch (InterruptedException e) {
            return;
        }
    }
}

void pause() {
    try {
        Thread.sleep(500);
    } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
    }
}

/** The row is locked while it is told; whoever dies lets it go. */
boolean tellNext() throws SQLException, InterruptedException {
    try (var connection = tellers.getConnection();
         var next = connection.prepareStatement("""
             select event, body from billing.outbox where next_at <= now()
             order by next_at limit 1 for update skip locked""");
         var told = connection.prepareStatement("delete from billing.outbox where event = ?");
         var later = connection.prepareStatement("""
             update billing.outbox set next_at = clock_timestamp()
               + least(interval '4 seconds', greatest(interval '1 second', (clock_timestamp() - since) / 2))
             where event = ?""")) {
        connection.setAutoCommit(false);
        var row = next.executeQuery();
        if (!row.next()) {
            connection.rollback();
            return false;
        }
        var event = row.getObject("event", UUID.class);
        var outcome = tell(row.getString("body")) ? told : later;
        outcome.setObject(1, event);
        outcome.executeUpdate();
        connection.commit();
        return true;
    }
}

/** Whether the receiver has answered 200, and ended its answer, within two seconds. */
boolean tell(String event) throws InterruptedException {
    var request = HttpRequest.newBuilder(events).POST(HttpRequest.BodyPublishers.ofString(event)).build();
    var answer = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
        return answer.get(2, TimeUnit.SECONDS).statusCode() / 100 == 2;
    } catch (ExecutionException | TimeoutException e) {
        answer.cancel(true);
        return false;
    }
}

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.net.http.*;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

static final int PUBLISHERS = 8;

final JsonMapper json = new JsonMapper();
final HikariDataSource pool = new HikariDataSource();
final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

record Invoice(String customer, BigDecimal amount) { }

record Event(UUID event, long invoice, String customer, String amount) { }

record Reply(int status, Map<String, ?> body) { }

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    for (int i = 0; i < PUBLISHERS; i++) {
        Thread.ofVirtual().start(this::publish);
    }
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
        var invoice = json.readValue(body, Invoice.class);
        return invoice == null ? new Reply(400, Map.of("error", "an invoice, please")) : new Reply(201, Map.of("id", store(invoice)));
    } catch (JacksonException e) {
        return new Reply(400, Map.of("error", "an invoice, please"));
    } catch (SQLException e) {
        var state = Objects.requireNonNullElse(e.getSQLState(), "");
        return state.startsWith("22") || state.startsWith("23")
                ? new Reply(400, Map.of("error", "no such invoice, please"))
                : new Reply(500, Map.of("error", "it failed; try again"));
    }
}

/** The invoice, and that it is to be told, in one transaction. */
long store(Invoice invoice) throws SQLException {
    try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        try (var insert = connection.prepareStatement(
                    "insert into billing.invoices (customer, amount) values (?, ?) returning id, customer, amount");
                var remember = connection.prepareStatement("insert into billing.outbox (event, body) values (?, ?)")) {
            insert.setString(1, invoice.customer());
            insert.setBigDecimal(2, invoice.amount());
            var row = insert.executeQuery();
            row.next();
            long id = row.getLong(1);
            var event = new Event(UUID.randomUUID(), id, row.getString(2), row.getString(3));
            remember.setObject(1, event.event());
            remember.setString(2, json.writeValueAsString(event));
            remember.execute();
            connection.commit();
            return id;
        }
    }
}

void publish() {
    while (true) {
        // a connection of its own: those of the pool are for the clients
        try (var connection = DriverManager.getConnection(System.getenv("JDBC_URL"), System.getenv("APP_USER"), System.getenv("APP_PASSWORD"))) {
            connection.setAutoCommit(false);
            while (true) {
                if (!publishOne(connection)) {
                    Thread.sleep(200);
                }
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

/** The row is held as long as it is told: who dies gives it back. */
boolean publishOne(Connection connection) throws SQLException, InterruptedException {
    try (var take = connection.prepareStatement("""
                select event, body from billing.outbox where not_before <= clock_timestamp()
                order by not_before limit 1 for update skip locked""");
            var done = connection.prepareStatement("delete from billing.outbox where event = ?");
            var later = connection.prepareStatement("""
                update billing.outbox set tries = tries + 1, not_before = clock_timestamp() + interval '1 second' where event = ?""")) {
        var row = take.executeQuery();
        boolean found = row.next();
        if (found) {
            var event = row.getObject(1, UUID.class);
            var mark = told(row.getString(2)) ? done : later;
            mark.setObject(1, event);
            mark.execute();
        }
        connection.commit();
        return found;
    }
}

boolean told(String event) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(System.getenv("EVENTS_URL"))).timeout(Duration.ofSeconds(2))
            .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(event)).build();
    try {
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
        return false;
    }
}

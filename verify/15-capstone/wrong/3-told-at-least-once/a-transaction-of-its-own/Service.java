import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.net.http.*;
import java.sql.*;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
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
    Thread.startVirtualThread(this::publish);
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
    } catch (JacksonException e) {
        return new Reply(400, Map.of("error", "no invoice: " + e.getMessage()));
    } catch (SQLException e) {
        // Class 23: a constraint says no. Class 22: a value that its type cannot have.
        var refused = String.valueOf(e.getSQLState()).matches("2[23].*");
        return new Reply(refused ? 400 : 500, Map.of("error", refused ? e.getMessage() : "the database failed; try again"));
    }
}

/** The invoice, and that it is to be told: both, or neither. */
long store(Invoice invoice) throws SQLException {
    try (var connection = pool.getConnection(); var next = connection.prepareStatement("""
            with one as (select nextval('billing.invoices_id_seq') as id)
            insert into billing.outbox (payload) select jsonb_build_object('invoice', id, 'customer', ?::text, 'amount', ?::text) from one returning (payload->>'invoice')::bigint""")) {
        next.setString(1, invoice.customer());
        next.setString(2, invoice.amount().toPlainString());
        var row = next.executeQuery();
        row.next();
        return store(invoice, row.getLong(1));
    }
}

long store(Invoice invoice, long id) throws SQLException {
    try (var connection = pool.getConnection(); var insert = connection.prepareStatement("""
            insert into billing.invoices (id, customer, amount) overriding system value values (?, ?, ?) returning id""")) {
        insert.setLong(1, id);
        insert.setString(2, invoice.customer());
        insert.setBigDecimal(3, invoice.amount());
        var row = insert.executeQuery();
        row.next();
        return row.getLong("id");
    }
}

/** As long as this instance lives. */
void publish() {
    while (true) {
        try {
            if (!tellOne()) {
                Thread.sleep(100);
            }
        } catch (SQLException | InterruptedException e) {
            LockSupport.parkNanos(100_000_000); // the next try has another connection
        }
    }
}

/** Takes one that no other publisher holds, and holds it until it is told. @return whether there was one */
boolean tellOne() throws SQLException, InterruptedException {
    try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        var row = statement.executeQuery("""
            select id, payload || jsonb_build_object('event', id::text) as event from billing.outbox
            where not_before <= clock_timestamp() order by not_before, id limit 1 for update skip locked""");
        if (!row.next()) {
            return false;
        }
        var id = row.getLong("id");
        statement.execute(isHeard(row.getString("event")) ? "delete from billing.outbox where id = " + id
            : "update billing.outbox set not_before = clock_timestamp() + interval '300 milliseconds' where id = " + id);
        connection.commit();
        return true;
    }
}

boolean isHeard(String event) throws InterruptedException {
    try {
        var request = HttpRequest.newBuilder(URI.create(System.getenv("EVENTS_URL"))).timeout(Duration.ofSeconds(2))
            .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(event)).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
        return false;
    }
}

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

final String header = "X-Written-At";
final int tries = 10;
final JsonMapper json = new JsonMapper();
final HikariDataSource primary = new HikariDataSource();
final HikariDataSource standby = new HikariDataSource();

record Invoice(String customer, BigDecimal amount) { }

record Reply(int status, Map<String, ?> body) { }

void main() throws IOException {
    configure(primary, "JDBC_URL");
    configure(standby, "READ_JDBC_URL");
    standby.setConnectionTimeout(500); // whoever waits longer is better off on the primary
    standby.setInitializationFailTimeout(-1); // it may be there later
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
    var writtenAt = Optional.ofNullable(exchange.getRequestHeaders().getFirst(header));
    try {
        if (exchange.getRequestMethod().equals("PUT")) {
            exchange.getResponseHeaders().set(header, store(id, json.readValue(exchange.getRequestBody().readAllBytes(), Invoice.class)));
            return new Reply(200, Map.of("id", id));
        }
        if (writtenAt.isPresent() && !writtenAt.get().matches("[0-9A-F]{1,8}/[0-9A-F]{1,8}")) {
            return new Reply(400, Map.of("error", "no position in the WAL: " + header + " " + writtenAt.get()));
        }
        return find(id, writtenAt);
    } catch (SQLException e) {
        return new Reply(500, Map.of("error", "the database failed; try again"));
    }
}

/** @return where the WAL was after the commit, whose record is before that */
String store(long id, Invoice invoice) throws SQLException {
    try (var connection = primary.getConnection(); var store = connection.prepareStatement("""
            insert into billing.invoices values (?, ?, ?)
            on conflict (id) do update set customer = excluded.customer, amount = excluded.amount""")) {
        store.setLong(1, id);
        store.setString(2, invoice.customer());
        store.setBigDecimal(3, invoice.amount());
        store.executeUpdate();
        try (var end = connection.createStatement(); var position = end.executeQuery("select pg_current_wal_insert_lsn()")) {
            position.next();
            return position.getString(1);
        }
    }
}

Reply find(long id, Optional<String> writtenAt) throws SQLException {
    for (int left = tries; left > 0; left--) {
        try (var connection = standby.getConnection()) { // and given back before the pause: others need none
            if (writtenAt.isEmpty() || hasReplayed(connection, writtenAt.get())) {
                return find(connection, id);
            }
        } catch (SQLException e) {
            break; // It cannot be reached, or was stopped meanwhile. The primary has the answer, or a failure that counts.
        }
        LockSupport.parkNanos(50_000_000);
    }
    try (var connection = primary.getConnection()) {
        return find(connection, id);
    }
}

boolean hasReplayed(Connection connection, String position) throws SQLException {
    try (var ask = connection.prepareStatement("select pg_last_wal_replay_lsn() >= ?::pg_lsn")) { // as positions, not as text
        ask.setString(1, position);
        var answer = ask.executeQuery();
        answer.next();
        return answer.getBoolean(1);
    }
}

Reply find(Connection connection, long id) throws SQLException {
    try (var find = connection.prepareStatement("select customer, amount from billing.invoices where id = ?")) {
        find.setLong(1, id);
        var row = find.executeQuery();
        return row.next() ? new Reply(200, Map.of("id", id, "customer", row.getString("customer"), "amount", row.getBigDecimal("amount").toPlainString()))
            : new Reply(404, Map.of("error", "no invoice " + id));
    }
}

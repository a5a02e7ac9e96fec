import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = new JsonMapper();
final HikariDataSource primary = new HikariDataSource();
final HikariDataSource standby = new HikariDataSource();
volatile long askAgainAt = System.nanoTime();

record Invoice(String customer, BigDecimal amount) { }

record Reply(int status, Map<String, ?> body, String writtenAt) {
    Reply(int status, Map<String, ?> body) {
        this(status, body, null);
    }
}

void main() throws IOException {
    configure(primary, "JDBC_URL");
    primary.setConnectionTimeout(1200);
    primary.setValidationTimeout(1000);
    configure(standby, "READ_JDBC_URL");
    standby.setConnectionTimeout(700);
    standby.setValidationTimeout(250);
    standby.setMinimumIdle(0); // nobody tries to connect, less and less often, while nobody waits
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
    pool.setInitializationFailTimeout(-1);
}

void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
        var reply = reply(exchange);
        var body = json.writeValueAsBytes(reply.body());
        if (reply.writtenAt() != null) {
            exchange.getResponseHeaders().set("X-Written-At", reply.writtenAt());
        }
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}

Reply reply(HttpExchange exchange) throws IOException {
    try {
        long id = Long.parseLong(exchange.getRequestURI().getPath().substring("/invoices/".length()));
        if (exchange.getRequestMethod().equals("PUT")) {
            return store(id, json.readValue(exchange.getRequestBody().readAllBytes(), Invoice.class));
        }
        var writtenAt = exchange.getRequestHeaders().getFirst("X-Written-At");
        if (writtenAt != null && !writtenAt.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
            return new Reply(400, Map.of("error", "X-Written-At is no position"));
        }
        return find(id, writtenAt);
    } catch (NumberFormatException | JacksonException e) {
        return new Reply(400, Map.of("error", "no invoice"));
    } catch (SQLException e) {
        return new Reply(500, Map.of("error", "the database failed; try again"));
    }
}

Reply store(long id, Invoice invoice) throws SQLException {
    try (var connection = primary.getConnection()) {
        try (var store = connection.prepareStatement("""
                insert into billing.invoices values (?, ?, ?)
                on conflict (id) do update set customer = excluded.customer, amount = excluded.amount""")) {
            store.setLong(1, id);
            store.setString(2, invoice.customer());
            store.setBigDecimal(3, invoice.amount());
            store.executeUpdate();
        }
        // The statement before has committed: this position is behind its commit.
        try (var position = connection.prepareStatement("select pg_current_wal_insert_lsn()::text")) {
            var row = position.executeQuery();
            row.next();
            return new Reply(200, Map.of("id", id), row.getString(1));
        }
    }
}

Reply find(long id, String writtenAt) throws SQLException {
    if (System.nanoTime() - askAgainAt >= 0) {
        try {
            var found = onTheStandby(id, writtenAt);
            if (found != null) {
                return found;
            }
        } catch (SQLException e) {
            if (isGone(e)) {
                askAgainAt = System.nanoTime() + 2_000_000_000L;
            }
        }
    }
    try (var connection = primary.getConnection()) {
        return read(connection, id);
    }
}

/** Not when the pool is only busy: then it has no failure to tell of. */
boolean isGone(SQLException e) {
    var state = Objects.requireNonNullElse(e.getSQLState(), "");
    return e instanceof SQLTransientConnectionException ? e.getCause() != null : state.startsWith("08") || state.startsWith("57P");
}

/** Null where the standby is too far behind. */
Reply onTheStandby(long id, String writtenAt) throws SQLException {
    try (var connection = standby.getConnection()) {
        connection.setNetworkTimeout(Runnable::run, 500);
        long end = System.nanoTime() + 250_000_000;
        while (writtenAt != null && !hasReplayed(connection, writtenAt)) {
            if (System.nanoTime() - end >= 0) {
                return null;
            }
            LockSupport.parkNanos(15_000_000);
        }
        return read(connection, id);
    }
}

boolean hasReplayed(Connection connection, String writtenAt) throws SQLException {
    try (var ask = connection.prepareStatement("select pg_last_wal_replay_lsn() >= ?::pg_lsn")) {
        ask.setString(1, writtenAt);
        var row = ask.executeQuery();
        row.next();
        return row.getBoolean(1);
    }
}

Reply read(Connection connection, long id) throws SQLException {
    try (var find = connection.prepareStatement("select customer, amount from billing.invoices where id = ?")) {
        find.setLong(1, id);
        var row = find.executeQuery();
        return row.next() ? new Reply(200, Map.of("id", id, "customer", row.getString("customer"), "amount", row.getBigDecimal("amount").toPlainString()))
            : new Reply(404, Map.of("error", "no invoice " + id));
    }
}

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();
final HikariDataSource pool = new HikariDataSource();

record Reply(int status, String body) { }

/** The payment is not possible, and nothing of it shall stay. */
static class Refused extends Exception {
    final int status;

    Refused(int status, String what) {
        super(what);
        this.status = status;
    }
}

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/payments", this::serve);
    server.start();
    IO.println("listening on 127.0.0.1:" + server.getAddress().getPort());
}

void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
        var reply = reply(exchange.getRequestHeaders().getFirst("Idempotency-Key"), exchange.getRequestBody().readAllBytes());
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}

Reply reply(String key, byte[] body) {
    try {
        if (key == null || key.isBlank()) {
            throw new Refused(400, "an Idempotency-Key, please");
        }
        return payUntilItIsDone(key, amounts(body));
    } catch (Refused e) {
        return error(e.status, e.getMessage());
    } catch (SQLException | InterruptedException e) {
        return error(500, "the database failed; try again");
    }
}

Reply error(int status, String what) {
    return new Reply(status, json.writeValueAsString(Map.of("error", what)));
}

/** In the order of their numbers, so that two payments lock them in the same order. */
SortedMap<Long, BigDecimal> amounts(byte[] body) throws Refused {
    var amounts = new TreeMap<Long, BigDecimal>();
    try {
        var root = json.readTree(body);
        if (!root.isObject() || root.isEmpty()) {
            throw new Refused(400, "an object of amounts, please");
        }
        for (var entry : root.properties()) {
            if (!entry.getValue().isString() && !entry.getValue().isNumber()) {
                throw new Refused(400, "no amount: " + entry.getValue());
            }
            var amount = new BigDecimal(entry.getValue().asString());
            if (amount.signum() <= 0 || amount.scale() > 2) {
                throw new Refused(400, "no amount: " + entry.getValue());
            }
            // more than an invoice can have is always too much, and need not be written out
            if (amounts.put(Long.valueOf(entry.getKey()), amount.min(new BigDecimal("1e12")).setScale(2)) != null) {
                throw new Refused(400, "twice: " + entry.getKey());
            }
        }
    } catch (JacksonException | NumberFormatException e) {
        throw new Refused(400, "an object of amounts, please");
    }
    return amounts;
}

Reply payUntilItIsDone(String key, SortedMap<Long, BigDecimal> amounts) throws SQLException, Refused, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
        try {
            return pay(key, amounts);
        } catch (SQLException e) {
            if (!passes(e) || System.nanoTime() > end) {
                throw e;
            }
            Thread.sleep(50);
        }
    }
}

/** A deadlock, or a session that has ended. */
boolean passes(SQLException e) {
    var state = Objects.requireNonNullElse(e.getSQLState(), "");
    return state.startsWith("08") || state.startsWith("40") || state.startsWith("57P") || e instanceof SQLTransientException;
}

Reply pay(String key, SortedMap<Long, BigDecimal> amounts) throws SQLException, Refused {
    try (var connection = pool.getConnection()) {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        try {
            var reply = pay(connection, key, amounts);
            connection.commit();
            return reply;
        } catch (SQLException | Refused | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }
}

Reply pay(Connection connection, String key, SortedMap<Long, BigDecimal> amounts) throws SQLException, Refused {
    var request = amounts.toString();
    if (update(connection, "insert into billing.payment_keys (key, request) values (?, ?) on conflict do nothing", key, request) == 0) {
        var answer = text(connection, "select answer from billing.payment_keys where key = ? and request = ?", key, request)
                .orElseThrow(() -> new Refused(422, "this key belongs to another payment"));
        return new Reply(201, answer);
    }
    var open = new TreeMap<String, String>();
    for (var entry : amounts.entrySet()) {
        var left = text(connection, """
                update billing.invoices set open = open - ?::numeric(12,2) where id = ? and open >= ?::numeric(12,2) returning open""",
                entry.getValue(), entry.getKey(), entry.getValue());
        if (left.isEmpty()) {
            throw text(connection, "select id from billing.invoices where id = ?", entry.getKey()).isEmpty()
                    ? new Refused(404, "there is no invoice " + entry.getKey())
                    : new Refused(409, "less is open of invoice " + entry.getKey());
        }
        update(connection, "insert into billing.payments (invoice, amount) values (?, ?)", entry.getKey(), entry.getValue());
        open.put(entry.getKey().toString(), left.get());
    }
    var answer = json.writeValueAsString(open);
    update(connection, "update billing.payment_keys set answer = ? where key = ?", answer, key);
    return new Reply(201, answer);
}

int update(Connection connection, String sql, Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
        bind(statement, values);
        return statement.executeUpdate();
    }
}

Optional<String> text(Connection connection, String sql, Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
        bind(statement, values);
        var row = statement.executeQuery();
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
}

void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
    }
}

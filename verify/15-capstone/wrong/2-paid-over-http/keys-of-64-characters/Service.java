import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
    DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
final HikariDataSource pool = new HikariDataSource();

record Reply(int status, String body) { }

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
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
    if (key == null || key.isBlank()) {
        return error(400, "no key");
    }
    SortedMap<String, BigDecimal> amounts;
    try {
        amounts = amounts(body);
    } catch (IllegalArgumentException | JacksonException e) {
        return error(400, "no object of amounts");
    }
    try {
        return payWhateverDies(key, amounts);
    } catch (SQLException e) {
        return error(500, "the database failed; try again");
    }
}

Reply error(int status, String what) {
    return new Reply(status, json.writeValueAsString(Map.of("error", what)));
}

/** What is to be paid, sorted, each amount with two decimals. */
SortedMap<String, BigDecimal> amounts(byte[] body) {
    var tree = json.readTree(body);
    if (tree == null || !tree.isObject() || tree.isEmpty()) {
        throw new IllegalArgumentException("no object");
    }
    var amounts = new TreeMap<String, BigDecimal>();
    for (var entry : tree.properties()) {
        var value = entry.getValue();
        if (!value.isString() && !value.isNumber()) {
            throw new IllegalArgumentException("no amount");
        }
        var text = value.isNumber() ? plain(value.decimalValue()) : value.asString();
        if (!text.matches("[0-9]{1,100}(\\.[0-9]{1,2})?") || new BigDecimal(text).signum() == 0) {
            throw new IllegalArgumentException("no amount");
        }
        amounts.put(entry.getKey().replace("\0", "?"), new BigDecimal(text).setScale(2));
    }
    return amounts;
}

String plain(BigDecimal number) {
    return Math.abs(number.scale()) > 100 ? "" : number.toPlainString();
}

Reply payWhateverDies(String key, SortedMap<String, BigDecimal> amounts) throws SQLException {
    for (int attempt = 1; ; attempt++) {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            var reply = payOnce(connection, key, amounts);
            connection.commit();
            return reply;
        } catch (SQLException e) {
            if (attempt == 20 || !passes(e.getSQLState())) {
                throw e;
            }
        }
        pause(ThreadLocalRandom.current().nextLong(10, 30L * attempt));
    }
}

boolean passes(String state) {
    return state != null && (state.startsWith("08") || state.startsWith("57P") || state.equals("40P01") || state.equals("40001"));
}

void pause(long milliseconds) {
    try {
        Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
    }
}

/** One transaction: at its end the answer is there beside the key, together with what was paid. */
Reply payOnce(Connection connection, String key, SortedMap<String, BigDecimal> amounts) throws SQLException {
    // who comes with the same key waits here, until the other's answer is there or the other is gone
    text(connection, "select 1 from pg_advisory_xact_lock(hashtextextended(?, 15))", key);
    var before = answered(connection, key, amounts.toString());
    if (before.isPresent()) {
        return before.get();
    }
    var reply = pay(connection, amounts);
    update(connection, "insert into billing.answers (key, payment, status, answer) values (?, ?, ?, ?)",
        key, amounts.toString(), reply.status(), reply.body());
    return reply;
}

Optional<Reply> answered(Connection connection, String key, String payment) throws SQLException {
    try (var select = connection.prepareStatement("select payment, status, answer from billing.answers where key = ?")) {
        bind(select, key);
        var row = select.executeQuery();
        if (!row.next()) {
            return Optional.empty();
        }
        return Optional.of(row.getString("payment").equals(payment) ? new Reply(row.getInt("status"), row.getString("answer"))
            : error(422, "this key belongs to another payment"));
    }
}

Reply pay(Connection connection, SortedMap<String, BigDecimal> amounts) throws SQLException {
    var ids = new TreeMap<Long, BigDecimal>();
    for (var entry : amounts.entrySet()) {
        var id = id(entry.getKey());
        if (id.isEmpty()) {
            return error(404, "no invoice " + entry.getKey());
        }
        ids.put(id.get(), entry.getValue());
    }
    // locked in the order of their ids, so that two payments seldom wait for each other
    boolean enough = true;
    for (var entry : ids.entrySet()) {
        var open = text(connection, "select coalesce(open, 0)::text from billing.invoices where id = ? for update", entry.getKey());
        if (open.isEmpty()) {
            return error(404, "no invoice " + entry.getKey());
        }
        enough &= new BigDecimal(open.get()).compareTo(entry.getValue()) >= 0;
    }
    if (!enough) {
        return error(409, "less is open");
    }
    var open = new LinkedHashMap<String, String>();
    for (var entry : ids.entrySet()) {
        update(connection, "insert into billing.payments (invoice, amount) values (?, ?)", entry.getKey(), entry.getValue());
        open.put(entry.getKey().toString(), text(connection,
            "update billing.invoices set open = open - ? where id = ? returning open::text", entry.getValue(), entry.getKey()).orElseThrow());
    }
    return new Reply(201, json.writeValueAsString(open));
}

/** An invoice has its number without sign and leading zeros, or it is not there. */
Optional<Long> id(String text) {
    try {
        return text.matches("0|-?[1-9][0-9]*") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    } catch (NumberFormatException e) {
        return Optional.empty();
    }
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

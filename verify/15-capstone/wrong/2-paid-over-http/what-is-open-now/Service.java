import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

final int tries = 10;
final JsonMapper json = new JsonMapper();
final HikariDataSource pool = new HikariDataSource();

record Reply(int status, String body) { }

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
        var body = reply.body().getBytes();
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}

Reply reply(String key, byte[] body) {
    if (key == null) {
        return error(400, "send an Idempotency-Key");
    }
    try {
        return pay(key, amounts(body));
    } catch (IllegalArgumentException | JacksonException e) {
        return error(400, "no payment: " + e.getMessage());
    } catch (SQLException e) {
        return error(500, "the database failed; try again");
    }
}

Reply error(int status, String what) {
    return new Reply(status, json.writeValueAsString(Map.of("error", what)));
}

/** By number of the invoice: whoever locks several of them does so in this order. */
SortedMap<Long, BigDecimal> amounts(byte[] body) {
    var amounts = new TreeMap<Long, BigDecimal>();
    for (var entry : json.readTree(body).properties()) {
        var amount = new BigDecimal(entry.getValue().asString());
        if (amount.signum() <= 0 || amount.scale() > 2) {
            throw new IllegalArgumentException("no amount: " + amount);
        }
        amounts.put(Long.valueOf(entry.getKey()), amount);
    }
    if (amounts.isEmpty()) {
        throw new IllegalArgumentException("nothing to pay");
    }
    return amounts;
}

/** The key makes it harmless to do this again, also when nobody knows how the last try ended. */
Reply pay(String key, SortedMap<Long, BigDecimal> amounts) throws SQLException {
    for (int left = tries; ; left--) {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            var reply = payOnce(connection, key, amounts);
            if (reply.status() == 201) {
                connection.commit();
            }
            return reply; // what is not committed is undone
        } catch (SQLException e) {
            if (left == 0 || !isWorthAnotherTry(String.valueOf(e.getSQLState()))) {
                throw e;
            }
        }
    }
}

boolean isWorthAnotherTry(String state) {
    return state.equals("40P01") || state.equals("57P01") || state.startsWith("08");
}

Reply payOnce(Connection connection, String key, SortedMap<Long, BigDecimal> amounts) throws SQLException {
    // Waits for another one with this key that is on its way, until it has committed or is gone.
    if (update(connection, "insert into billing.answers values (?, ?) on conflict do nothing", key, amounts.toString()) == 0) {
        return again(connection, key, amounts.toString(), amounts);
    }
    var open = new TreeMap<String, String>();
    for (var entry : amounts.entrySet()) {
        var paid = update(connection, "update billing.invoices set open = open - ? where id = ? and open >= ?", entry.getValue(), entry.getKey(), entry.getValue());
        var left = text(connection, "select open from billing.invoices where id = ?", entry.getKey());
        if (paid == 0) {
            return left.isEmpty() ? error(404, "no invoice " + entry.getKey()) : error(409, "of invoice " + entry.getKey() + " only " + left.get() + " is open");
        }
        update(connection, "insert into billing.payments (invoice, amount) values (?, ?)", entry.getKey(), entry.getValue());
        open.put(entry.getKey().toString(), left.get());
    }
    var answer = json.writeValueAsString(open);
    update(connection, "update billing.answers set answer = ? where key = ?", answer, key);
    return new Reply(201, answer);
}

Reply again(Connection connection, String key, String payment, SortedMap<Long, BigDecimal> amounts) throws SQLException {
    if (text(connection, "select payment from billing.answers where key = ? and payment = ?", key, payment).isEmpty()) {
        return error(422, "this key stands for another payment");
    }
    var open = new TreeMap<String, String>();
    for (var invoice : amounts.keySet()) {
        open.put(invoice.toString(), text(connection, "select open from billing.invoices where id = ?", invoice).get());
    }
    return new Reply(201, json.writeValueAsString(open));
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

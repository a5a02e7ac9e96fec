import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

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
    try (var connection = pool.getConnection()) {
        return pay(connection, amounts(body));
    } catch (SQLException e) {
        return error(500, "the database failed; try again");
    }
}

Reply error(int status, String what) {
    return new Reply(status, json.writeValueAsString(Map.of("error", what)));
}

Map<Long, BigDecimal> amounts(byte[] body) {
    var amounts = new HashMap<Long, BigDecimal>();
    for (var entry : json.readTree(body).properties()) {
        amounts.put(Long.valueOf(entry.getKey()), new BigDecimal(entry.getValue().asString()));
    }
    return amounts;
}

Reply pay(Connection connection, Map<Long, BigDecimal> amounts) throws SQLException {
    var open = new TreeMap<String, String>();
    for (var entry : amounts.entrySet()) {
        update(connection, "update billing.invoices set open = open - ? where id = ?", entry.getValue(), entry.getKey());
        update(connection, "insert into billing.payments (invoice, amount) values (?, ?)", entry.getKey(), entry.getValue());
        open.put(entry.getKey().toString(), text(connection, "select open from billing.invoices where id = ?", entry.getKey()).orElse(""));
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

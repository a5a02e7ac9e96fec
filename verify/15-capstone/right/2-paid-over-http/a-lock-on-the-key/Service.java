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
    var amounts = amounts(body);
    if (key == null || key.isBlank() || amounts.isEmpty()) {
        return error(400, "a key and an object of amounts, please");
    }
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
        try {
            return pay(key, amounts);
        } catch (SQLException e) {
            if (!again(e) || System.nanoTime() > end) {
                return error(500, "the database failed; try again");
            }
        }
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            return error(500, "interrupted; try again");
        }
    }
}

Reply error(int status, String what) {
    return new Reply(status, json.writeValueAsString(Map.of("error", what)));
}

/** Empty where the body is not what it should be. */
SortedMap<String, BigDecimal> amounts(byte[] body) {
    var amounts = new TreeMap<String, BigDecimal>();
    try {
        var root = json.readTree(body);
        if (!root.isObject()) {
            return new TreeMap<>();
        }
        for (var entry : root.properties()) {
            var value = entry.getValue();
            var amount = new BigDecimal(value.isString() || value.isNumber() ? value.asString() : "not one");
            if (amount.signum() <= 0 || amount.scale() > 2) {
                return new TreeMap<>();
            }
            // more than any invoice can have stays more than it has
            amounts.put(entry.getKey(), amount.min(new BigDecimal("1e12")).setScale(2));
        }
        return amounts;
    } catch (JacksonException | NumberFormatException e) {
        return new TreeMap<>();
    }
}

Reply pay(String key, SortedMap<String, BigDecimal> amounts) throws SQLException {
    try (var connection = pool.getConnection()) {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        Reply reply = null;
        try {
            reply = pay(connection, digest(key), amounts);
        } finally {
            if (reply == null || reply.status() != 201) {
                rollback(connection);
            }
        }
        if (reply.status() == 201) {
            connection.commit();
        }
        return reply;
    }
}

void rollback(Connection connection) {
    try {
        connection.rollback();
    } catch (SQLException e) {
        // the connection is gone, and the transaction with it
    }
}

/** Who sends the same key waits for the advisory lock until the first transaction has ended. */
Reply pay(Connection connection, String key, SortedMap<String, BigDecimal> amounts) throws SQLException {
    try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 152))")) {
        lock.setString(1, key);
        lock.execute();
    }
    var request = json.writeValueAsString(amounts);
    try (var before = connection.prepareStatement("select request, answer from billing.answers where key_digest = ?")) {
        before.setString(1, key);
        var row = before.executeQuery();
        if (row.next()) {
            return row.getString(1).equals(request) ? new Reply(201, row.getString(2)) : error(422, "this key belongs to another payment");
        }
    }
    var ids = amounts.keySet().stream().map(this::id).toArray(Long[]::new);
    var open = new HashMap<String, BigDecimal>();
    try (var lock = connection.prepareStatement("select id, open from billing.invoices where id = any(?) order by id for update")) {
        lock.setArray(1, connection.createArrayOf("int8", ids));
        var rows = lock.executeQuery();
        while (rows.next()) {
            open.put(rows.getString(1), Objects.requireNonNullElse(rows.getBigDecimal(2), BigDecimal.ZERO));
        }
    }
    if (open.size() < ids.length) {
        return error(404, "there is no such invoice");
    }
    var left = new TreeMap<String, String>();
    try (var update = connection.prepareStatement("update billing.invoices set open = open - ? where id = ?");
            var insert = connection.prepareStatement("insert into billing.payments (invoice, amount) values (?, ?)")) {
        for (var entry : amounts.entrySet()) {
            var rest = open.get(entry.getKey()).subtract(entry.getValue());
            if (rest.signum() < 0) {
                return error(409, "less is open of " + entry.getKey());
            }
            left.put(entry.getKey(), rest.setScale(2).toPlainString());
            update.setBigDecimal(1, entry.getValue());
            update.setLong(2, Long.parseLong(entry.getKey()));
            update.addBatch();
            insert.setLong(1, Long.parseLong(entry.getKey()));
            insert.setBigDecimal(2, entry.getValue());
            insert.addBatch();
        }
        update.executeBatch();
        insert.executeBatch();
    }
    var answer = json.writeValueAsString(left);
    try (var remember = connection.prepareStatement("insert into billing.answers (key_digest, request, answer) values (?, ?, ?)")) {
        remember.setString(1, key);
        remember.setString(2, request);
        remember.setString(3, answer);
        remember.execute();
    }
    return new Reply(201, answer);
}

/** Null where no invoice can have this number. */
Long id(String text) {
    try {
        var id = Long.valueOf(text);
        return id.toString().equals(text) ? id : null;
    } catch (NumberFormatException e) {
        return null;
    }
}

String digest(String key) {
    try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
    }
}

/** A deadlock, or a session that has ended, or no connection just now. */
boolean again(SQLException e) {
    var state = Objects.requireNonNullElse(e.getSQLState(), "");
    return state.startsWith("08") || state.startsWith("40") || state.startsWith("57P") || e instanceof SQLTransientException;
}

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.*;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import tools.jackson.databind.json.JsonMapper;

final JsonMapper json = new JsonMapper();
final HikariDataSource pool = new HikariDataSource();
final Map<String, String> tenants = new HashMap<>();

record Reply(int status, Object body) { }

record Invoice(long id, String customer, String amount) { }

record Page(List<Invoice> items, String next) { }

/** Where a page ended; rows without a time come after all others. */
record Position(String at, long id) { }

/** An invoice, and where it stands. */
record Row(Invoice invoice, Position position) { }

void main() throws IOException {
    pool.setJdbcUrl(System.getenv("JDBC_URL"));
    pool.setUsername(System.getenv("APP_USER"));
    pool.setPassword(System.getenv("APP_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(System.getenv("POOL_SIZE")));
    for (var entry : System.getenv("TOKENS").split(",")) {
        int equals = entry.lastIndexOf('=');
        tenants.put("Bearer " + entry.substring(0, equals), entry.substring(equals + 1));
    }
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/invoices", this::serve);
    server.start();
    IO.println("listening on 127.0.0.1:" + server.getAddress().getPort());
}

void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
        var reply = reply(exchange);
        var body = json.writeValueAsBytes(reply.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}

Reply reply(HttpExchange exchange) {
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    var tenant = authorization == null ? null : tenants.get(authorization);
    if (tenant == null) {
        return error(401, "no token of ours");
    }
    int limit;
    Position after;
    try {
        var parameters = parameters(exchange.getRequestURI());
        limit = limit(parameters.getOrDefault("limit", "20"));
        after = parameters.containsKey("after") ? position(parameters.get("after")) : null;
    } catch (IllegalArgumentException e) {
        return error(400, e.getMessage());
    }
    try {
        return new Reply(200, page(tenant, limit, after));
    } catch (SQLException e) {
        return error(500, "the database failed; try again");
    }
}

Reply error(int status, String what) {
    return new Reply(status, Map.of("error", String.valueOf(what)));
}

Map<String, String> parameters(URI uri) {
    var found = new HashMap<String, String>();
    for (var pair : Objects.requireNonNullElse(uri.getRawQuery(), "").split("&")) {
        var parts = pair.split("=", 2);
        var name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
        var value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
        if (found.put(name, value) != null) {
            throw new IllegalArgumentException("more than one " + name);
        }
    }
    return found;
}

int limit(String text) {
    int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > 100) {
        throw new IllegalArgumentException("limit is 1 to 100");
    }
    return limit;
}

String cursor(Position position) {
    var text = position.id() + "|" + Objects.requireNonNullElse(position.at(), "");
    var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return encoded + "." + signature(encoded);
}

Position position(String cursor) {
    var parts = cursor.split("\\.", -1);
    if (parts.length != 2 || !MessageDigest.isEqual(parts[1].getBytes(StandardCharsets.UTF_8),
            signature(parts[0]).getBytes(StandardCharsets.UTF_8))) {
        throw new IllegalArgumentException("no cursor of ours");
    }
    var text = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
    int bar = text.indexOf('|');
    var at = text.substring(bar + 1);
    return new Position(at.isEmpty() ? null : at, Long.parseLong(text.substring(0, bar)));
}

/** The same in all instances and after a restart, as long as the password is the same. */
String signature(String text) {
    try {
        var mac = Mac.getInstance("HmacSHA256");
        var secret = "cursor of invoices " + System.getenv("APP_PASSWORD");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
    }
}

Page page(String tenant, int limit, Position after) throws SQLException {
    try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        try (var set = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            set.setString(1, tenant);
            set.execute();
        }
        // one more than was asked for says whether there is a next page
        var rows = rows(connection, limit + 1, after);
        connection.commit();
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        return new Page(shown.stream().map(Row::invoice).toList(),
            rows.size() > limit ? cursor(shown.getLast().position()) : null);
    }
}

List<Row> rows(Connection connection, int count, Position after) throws SQLException {
    var rows = new ArrayList<Row>();
    if (after == null) {
        rows.addAll(read(connection, "created_at is not null", count));
    } else if (after.at() != null) {
        rows.addAll(read(connection, "(created_at, id) < (?::timestamp::timestamptz, ?)", count, after.at(), after.id()));
    }
    if (rows.size() < count) {
        int rest = count - rows.size();
        rows.addAll(after == null || after.at() != null ? read(connection, "created_at is null", rest)
            : read(connection, "created_at is null and id < ?", rest, after.id()));
    }
    return rows;
}

List<Row> read(Connection connection, String where, int count, Object... values) throws SQLException {
    try (var select = connection.prepareStatement("select id, customer, amount, created_at"
            + " from billing.invoices where " + where + " order by created_at desc, id desc limit " + count)) {
        for (int i = 0; i < values.length; i++) {
            select.setObject(i + 1, values[i]);
        }
        var rows = select.executeQuery();
        var read = new ArrayList<Row>();
        while (rows.next()) {
            var invoice = new Invoice(rows.getLong("id"), rows.getString("customer"), rows.getString("amount"));
            read.add(new Row(invoice, new Position(local(rows.getTimestamp("created_at")), invoice.id())));
        }
        return read;
    }
}

String local(Timestamp at) {
    return at == null ? null : at.toLocalDateTime().toString();
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.boot:spring-boot-starter-webmvc
//DEPS org.springframework.boot:spring-boot-starter-jdbc
//DEPS org.springframework.boot:spring-boot-starter-flyway
//DEPS org.flywaydb:flyway-database-postgresql
//DEPS com.github.ben-manes.caffeine:caffeine
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.*;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service of lesson 15 in Spring Boot: the same environment, migrations and answers. A comment names the lesson of what follows it. */
@SpringBootConfiguration(proxyBeanMethods = false) @EnableAutoConfiguration @RestController
public class ServiceOnSpring {
    private static final String SHOWN = "id, customer, amount, paid, iban_end, created_at";
    private static final Set<String> AGAIN = Set.of("40001", "40P01", "57P01", "57P02", "57P03");
    private static final Set<String> BUSY = Set.of("55P03", "57014", "53300", "25006");
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(1);
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final JsonMapper json = new JsonMapper();
    private final Environment environment;
    private final Map<String, UUID> tokens;
    private final SecretKeySpec key;
    private final Server primary;
    private final Optional<Server> standby;
    /** Lesson 09: whoever asks while somebody loads waits for that, and a moment later the value is gone. */
    private final Cache<UUID, Map<String, Object>> summaries = Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(2)).build();
    /** Lesson 08: only what may help; it is harmless because of the key. */
    private final RetryTemplate retry = new RetryTemplate(RetryPolicy.builder().maxRetries(4).delay(Duration.ofMillis(20)).multiplier(2)
        .jitter(Duration.ofMillis(10)).predicate(failure -> mayHelpAgain(state(failure))).build());

    /** A pool with what Spring makes of it. */
    private record Server(HikariDataSource pool, JdbcClient jdbc, TransactionTemplate transaction) {
        static Server of(DataSource source) {
            return new Server((HikariDataSource) source, JdbcClient.create(source), new TransactionTemplate(new JdbcTransactionManager(source)));
        }

        /** Lesson 11: who asks is said for one transaction, and row level security does the rest. */
        <T> T as(UUID tenant, Function<JdbcClient, T> work) {
            return transaction.execute(status -> {
                jdbc.sql("select set_config('billing.tenant', ?, true)").param(tenant.toString()).query(String.class).single();
                return work.apply(jdbc);
            });
        }
    }

    private record Answer(int status, String body) { }

    private static final class Refusal extends RuntimeException {
        private final int status;

        Refusal(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }

    public static void main(String... args) {
        var application = new SpringApplication(ServiceOnSpring.class);
        application.setDefaultProperties(Map.ofEntries(Map.entry("server.address", "127.0.0.1"), Map.entry("server.port", "${PORT:0}"),
            Map.entry("spring.threads.virtual.enabled", "true"), Map.entry("spring.main.banner-mode", "off"), Map.entry("logging.level.root", "error"),
            // Lesson 03: Flyway, as the owner, before the first request; of two instances one waits for the other.
            Map.entry("spring.flyway.url", "${JDBC_URL}"), Map.entry("spring.flyway.user", "${OWNER_USER}"), Map.entry("spring.flyway.password", "${OWNER_PASSWORD}"),
            Map.entry("spring.flyway.locations", "filesystem:${MIGRATIONS:lessons/15-capstone/service/migrations}"),
            Map.entry("spring.flyway.default-schema", "billing"), Map.entry("spring.flyway.placeholders.app", "${APP_USER}"),
            Map.entry("spring.flyway.ignore-migration-patterns", "*:future"), Map.entry("spring.flyway.connect-retries", "3"),
            // Lesson 02: a bounded pool, and bounded waits for it and in it. Lesson 13: whichever server is the primary.
            Map.entry("spring.datasource.url", "${JDBC_URL}"), Map.entry("spring.datasource.username", "${APP_USER}"),
            Map.entry("spring.datasource.password", "${APP_PASSWORD}"), Map.entry("spring.datasource.hikari.maximum-pool-size", "${POOL_SIZE:4}"),
            Map.entry("spring.datasource.hikari.connection-timeout", "2000"), Map.entry("spring.datasource.hikari.validation-timeout", "250"),
            Map.entry("spring.datasource.hikari.data-source-properties.targetServerType", "primary"),
            Map.entry("spring.datasource.hikari.data-source-properties.connectTimeout", "2"),
            Map.entry("spring.datasource.hikari.data-source-properties.socketTimeout", "10"),
            Map.entry("spring.datasource.hikari.data-source-properties.hostRecheckSeconds", "1"),
            Map.entry("spring.datasource.hikari.data-source-properties.options", "-c statement_timeout=5s -c lock_timeout=1s")));
        application.run(args);                         // SIGTERM: Boot finishes the requests that it has, and closes the pool
    }

    public ServiceOnSpring(DataSource source, Environment environment) {
        this.environment = environment;
        primary = Server.of(source);
        standby = Optional.of(environment.getProperty("READ_JDBC_URL", "")).filter(url -> !url.isBlank()).map(url -> Server.of(reading(primary.pool(), url)));
        key = new SecretKeySpec(Base64.getDecoder().decode(environment.getRequiredProperty("FIELD_KEY")), "AES");
        tokens = Arrays.stream(environment.getRequiredProperty("TOKENS").split(",")).map(entry -> entry.strip().split("="))
            .collect(Collectors.toMap(parts -> "Bearer " + parts[0], parts -> UUID.fromString(parts[1])));
    }

    /** Lesson 13: a pool of its own for the other server, with little patience. */
    private static HikariDataSource reading(HikariDataSource like, String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(like.getUsername());
        pool.setPassword(like.getPassword());
        pool.setMaximumPoolSize(like.getMaximumPoolSize());
        pool.setConnectionTimeout(250);
        pool.setValidationTimeout(250);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("connectTimeout", "2");
        return pool;
    }

    @EventListener(ApplicationReadyEvent.class) void ready() {
        Thread.ofVirtual().start(this::listen);
        if (!environment.getProperty("EVENTS_URL", "").isBlank()) {
            Thread.ofVirtual().start(this::publish);
        }
        System.out.println("listening on 127.0.0.1:" + environment.getProperty("local.server.port"));
    }

    @PostMapping("/invoices") ResponseEntity<String> create(@RequestHeader Map<String, String> headers, @RequestBody(required = false) String body) {
        var tenant = tenant(headers);
        var asked = json(body);
        var iban = text(asked, "iban").replace(" ", "");
        if (!iban.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")) {
            throw new Refusal(400, "iban has " + iban.length() + " characters that are no IBAN; it is not repeated here");
        }
        var customer = text(asked, "customer");
        if (customer.isBlank() || customer.length() > 200) {
            throw new Refusal(400, "customer has " + customer.length() + " characters, wanted 1 to 200");
        }
        var amount = amount(asked);
        var id = UUID.randomUUID();
        return once(tenant, "POST /invoices", headers, body, jdbc -> {
            var invoice = jdbc.sql("insert into billing.invoices (id, customer, amount, iban_sealed, iban_end) values (?, ?, ?, ?, ?) returning " + SHOWN)
                .params(id, customer, amount, seal(tenant, id, iban), iban.substring(iban.length() - 4)).query(ServiceOnSpring::shown).single();
            tellLater(jdbc, id, "invoice.created", amount);
            return invoice;
        });
    }

    @PostMapping("/invoices/{id}/payments")
    ResponseEntity<String> pay(@RequestHeader Map<String, String> headers, @PathVariable String id, @RequestBody(required = false) String body) {
        var tenant = tenant(headers);
        var invoice = id(id);
        var amount = amount(json(body));
        return once(tenant, "POST /invoices/" + id + "/payments", headers, body, jdbc -> {
            // Lesson 07: the row is locked between the look and the change.
            var row = jdbc.sql("select paid, amount - paid as open from billing.invoices where id = ? for update").param(invoice).query().listOfRows().stream()
                .findFirst().orElseThrow(() -> new Refusal(404, "there is no invoice " + id));
            var open = (BigDecimal) row.get("open");
            if (amount.compareTo(open) > 0) {
                throw new Refusal(409, amount + " is more than the " + open + " that is open");
            }
            jdbc.sql("update billing.invoices set paid = paid + ? where id = ?").params(amount, invoice).update();
            jdbc.sql("insert into billing.payments (amount, invoice) values (?, ?)").params(amount, invoice).update();
            tellLater(jdbc, invoice, "invoice.paid", amount);
            return Map.of("paid", ((BigDecimal) row.get("paid")).add(amount).toPlainString(), "open", open.subtract(amount).toPlainString());
        });
    }

    /** Lessons 08 and 13: the key is there exactly if the work is done, so a try whose end nobody knows is made again. */
    private ResponseEntity<String> once(UUID tenant, String request, Map<String, String> headers, String body, Function<JdbcClient, Map<String, Object>> work) {
        var idempotencyKey = Optional.ofNullable(headers.get("idempotency-key")).filter(text -> text.matches("[\\x21-\\x7e]{1,100}"))
            .orElseThrow(() -> new Refusal(400, "Idempotency-Key with 1 to 100 visible characters, please"));
        var asked = request + "\n" + body;
        var answer = again(() -> primary.as(tenant, jdbc -> {
            if (jdbc.sql("insert into billing.requests (key, body) values (?, sha256(convert_to(?, 'UTF8'))) on conflict do nothing")
                    .params(idempotencyKey, asked).update() == 0) {
                return jdbc.sql("select status, answer as body from billing.requests where key = ? and body = sha256(convert_to(?, 'UTF8'))")
                    .params(idempotencyKey, asked).query(Answer.class).optional()
                    .orElseThrow(() -> new Refusal(422, "Idempotency-Key " + idempotencyKey + " was used for something else; take a new one"));
            }
            var done = new Answer(201, json.writeValueAsString(work.apply(jdbc)));
            jdbc.sql("update billing.requests set status = ?, answer = ? where key = ?").params(done.status(), done.body(), idempotencyKey).update();
            return done;
        }));
        summaries.invalidate(tenant);
        var written = again(() -> primary.jdbc().sql("select pg_current_wal_lsn()::text").query(String.class).single()); // after the commit
        return ResponseEntity.status(answer.status()).header("X-Written-At", written).header("Content-Type", "application/json").body(answer.body());
    }

    @GetMapping("/invoices") Map<String, Object> page(@RequestHeader Map<String, String> headers, @RequestParam(defaultValue = "20") String limit, @RequestParam Optional<String> after) {
        var tenant = tenant(headers);
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > 100) {
            throw new Refusal(400, "limit is " + limit + ", wanted 1 to 100");
        }
        int count = Integer.parseInt(limit);
        var from = after.map(ServiceOnSpring::cursor).orElse(new Object[] {OffsetDateTime.MAX, new UUID(-1, -1)});
        // Lesson 08: the page begins where the last one ended; lesson 05: in an index.
        var found = read(tenant, headers, jdbc -> jdbc.sql("select " + SHOWN + " from billing.invoices where (created_at, id) < (?, ?)"
            + " order by created_at desc, id desc limit ?").params(from[0], from[1], count + 1).query(ServiceOnSpring::shown).list());
        var page = new LinkedHashMap<String, Object>();
        page.put("items", found.stream().limit(count).toList());
        page.put("next", found.size() <= count ? null : Base64.getUrlEncoder().withoutPadding()
            .encodeToString((found.get(count - 1).get("createdAt") + " " + found.get(count - 1).get("id")).getBytes(StandardCharsets.UTF_8)));
        return page;
    }

    @GetMapping("/invoices/{id}") Map<String, Object> one(@RequestHeader Map<String, String> headers, @PathVariable String id) {
        return read(tenant(headers), headers, jdbc -> jdbc.sql("select " + SHOWN + " from billing.invoices where id = ?").param(id(id))
            .query(ServiceOnSpring::shown).optional()).orElseThrow(() -> new Refusal(404, "there is no invoice " + id));
    }

    @GetMapping("/summary") Map<String, Object> summary(@RequestHeader Map<String, String> headers) {
        return summaries.get(tenant(headers), tenant -> {
            count("billing_summary_queries_total");
            return again(() -> primary.as(tenant, jdbc -> jdbc.sql("select coalesce(sum(amount - paid), 0)::text as open, count(*) as invoices from billing.invoices")
                .query().singleRow()));
        });
    }

    /** Lesson 13: on the standby where it has come so far as this client's last write, else on the primary. */
    private <T> T read(UUID tenant, Map<String, String> headers, Function<JdbcClient, T> work) {
        var written = Optional.ofNullable(headers.get("x-written-at"));
        if (written.filter(lsn -> !lsn.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")).isPresent()) {
            throw new Refusal(400, "X-Written-At is not what an answer of this service said");
        }
        try {
            var found = standby.flatMap(server -> server.<Optional<T>>as(tenant, jdbc -> written.isPresent() && !jdbc.sql(
                "select coalesce(not pg_is_in_recovery() or pg_last_wal_replay_lsn() >= ?::pg_lsn, false)").param(written.get()).query(Boolean.class).single()
                ? Optional.empty() : Optional.of(work.apply(jdbc))));
            if (found.isPresent()) {
                return found.get();
            }
        } catch (DataAccessException | TransactionException e) {
            count("billing_standby_failures_total");    // the primary has the answer, or a failure that counts
        }
        return again(() -> primary.as(tenant, work));
    }

    private <T> T again(java.util.function.Supplier<T> work) {
        try {
            return retry.execute(work::get);
        } catch (RetryException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private static boolean mayHelpAgain(String state) {
        return AGAIN.contains(state) || state.startsWith("08");
    }

    private static String state(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return String.valueOf(sql.getSQLState());
            }
        }
        return "";
    }

    /** Lesson 09: what others must hear of, in the transaction of what it tells. */
    private static void tellLater(JdbcClient jdbc, UUID invoice, String type, BigDecimal amount) {
        jdbc.sql("insert into billing.outbox (invoice, type, payload) values (?, ?, jsonb_build_object('invoice', ?::text, 'amount', ?::text))")
            .params(invoice, type, invoice.toString(), amount.toPlainString()).update();
    }

    private void publish() {
        while (true) {
            try {
                if (primary.transaction().execute(status -> tellOne())) {
                    continue;
                }
            } catch (RuntimeException e) {
                count("billing_outbox_failures_total"); // it is told again: at least once
            }
            try {
                news.tryAcquire(1, TimeUnit.SECONDS);  // a notification may be lost, a row is not
                news.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean tellOne() {
        var found = primary.jdbc().sql("""
            select id, json_build_object('id', id, 'tenant', tenant, 'type', type, 'payload', payload)::text as event from billing.outbox o
            where told_at is null and not exists (select from billing.outbox e where e.invoice = o.invoice and e.told_at is null and e.id < o.id)
            order by id limit 1 for update skip locked""").query().listOfRows();
        for (var row : found) {
            post((String) row.get("event"));
            primary.jdbc().sql("update billing.outbox set told_at = clock_timestamp() where id = ?").param(row.get("id")).update();
        }
        return !found.isEmpty();
    }

    private void post(String event) {
        try {
            var request = HttpRequest.newBuilder(URI.create(environment.getRequiredProperty("EVENTS_URL"))).timeout(Duration.ofSeconds(2))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(event)).build();
            var status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IllegalStateException("the receiver answered " + status);
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException("the receiver did not answer", e);
        }
    }

    /** Lesson 07: notifications, on a connection that no pool hands to others. Spring has no word for them. */
    private void listen() {
        var pool = primary.pool();
        while (true) {
            try (var connection = DriverManager.getConnection(pool.getJdbcUrl() + (pool.getJdbcUrl().contains("?") ? "&" : "?")
                    + "targetServerType=primary&connectTimeout=2&socketTimeout=10", pool.getUsername(), pool.getPassword());
                    var statement = connection.createStatement()) {
                statement.execute("listen billing");
                summaries.invalidateAll();             // nobody listened until now
                while (true) {
                    news.release();
                    for (var one : connection.unwrap(PGConnection.class).getNotifications(1000)) {
                        summaries.invalidate(UUID.fromString(one.getParameter()));
                    }
                    statement.execute("select 1");     // a dead server says nothing
                }
            } catch (SQLException e) {
                java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
            }
        }
    }

    /** Lesson 12: the database sees neither the IBAN nor the key. */
    private byte[] seal(UUID tenant, UUID invoice, String iban) {
        var nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(("1 " + tenant + " " + invoice).getBytes(StandardCharsets.UTF_8));
            var sealed = cipher.doFinal(iban.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(13 + sealed.length).put((byte) 1).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal the iban of " + invoice, e);
        }
    }

    @GetMapping("/health/live") Map<String, Object> live() {
        return Map.of("status", "up");
    }

    @GetMapping("/health") ResponseEntity<Map<String, Object>> health() {
        try {
            var isUp = primary.jdbc().sql("select not pg_is_in_recovery()").query(Boolean.class).single();
            return ResponseEntity.status(isUp ? 200 : 503).body(Map.of("status", isUp ? "up" : "down"));
        } catch (DataAccessException e) {
            return ResponseEntity.status(503).body(Map.of("status", "down"));
        }
    }

    @GetMapping(path = "/metrics", produces = "text/plain") String metrics() {
        var state = primary.pool().getHikariPoolMXBean();
        return new TreeMap<>(counts).entrySet().stream().map(one -> one.getKey() + " " + one.getValue().sum() + "\n").collect(Collectors.joining())
            + "billing_pool_active{pool=\"primary\"} %d\nbilling_pool_idle{pool=\"primary\"} %d\nbilling_pool_pending{pool=\"primary\"} %d\n"
                .formatted(state.getActiveConnections(), state.getIdleConnections(), state.getThreadsAwaitingConnection());
    }

    private void count(String name) {
        counts.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    @ExceptionHandler ResponseEntity<Map<String, String>> refused(Refusal refusal) {
        return ResponseEntity.status(refusal.status).body(Map.of("error", refusal.getMessage()));
    }

    /** Lesson 02: who cannot be served now is told so, and comes back with the same key. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class}) ResponseEntity<Map<String, String>> failed(Exception failure) {
        var state = state(failure);
        return mayHelpAgain(state) || BUSY.contains(state) || failure instanceof TransactionException
            ? ResponseEntity.status(503).header("Retry-After", "1").body(Map.of("error", "busy, come back with the same key"))
            : ResponseEntity.status(500).body(Map.of("error", "this failed, and we know of it"));
    }

    private UUID tenant(Map<String, String> headers) {
        return Optional.ofNullable(headers.get("authorization")).map(tokens::get)
            .orElseThrow(() -> new Refusal(401, "Authorization: Bearer with a token that is known, please"));
    }

    private JsonNode json(String body) {
        try {
            return json.readTree(Objects.requireNonNullElse(body, ""));
        } catch (JacksonException e) {
            throw new Refusal(400, "the body is no JSON");
        }
    }

    private static String text(JsonNode body, String name) {
        return body.path(name).stringValueOpt().orElseThrow(() -> new Refusal(400, name + " is missing, or no text"));
    }

    private static BigDecimal amount(JsonNode body) {
        var text = text(body, "amount");
        if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,2})?") || new BigDecimal(text).signum() == 0) {
            throw new Refusal(400, "amount is " + text.substring(0, Math.min(20, text.length())) + ", wanted more than 0 with two decimals");
        }
        return new BigDecimal(text).setScale(2);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(404, "there is no such invoice");
        }
    }

    private static Object[] cursor(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            return new Object[] {OffsetDateTime.parse(parts[0]), UUID.fromString(parts[1])};
        } catch (RuntimeException e) {
            throw new Refusal(400, "after is no cursor of an earlier page");
        }
    }

    private static Map<String, Object> shown(java.sql.ResultSet row, int number) throws SQLException {
        var invoice = new LinkedHashMap<String, Object>();
        invoice.put("id", row.getString("id"));
        invoice.put("customer", row.getString("customer"));
        invoice.put("amount", row.getBigDecimal("amount").toPlainString());
        invoice.put("iban", "…" + row.getString("iban_end"));
        invoice.put("state", row.getBigDecimal("paid").compareTo(row.getBigDecimal("amount")) == 0 ? "paid" : "open");
        invoice.put("createdAt", row.getObject("created_at", OffsetDateTime.class).toString());
        return invoice;
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.boot:spring-boot-starter-webmvc
//DEPS org.springframework.boot:spring-boot-starter-jdbc
//DEPS org.postgresql:postgresql
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.*;

/** The same in Spring Boot. */
@SpringBootConfiguration(proxyBeanMethods = false) @EnableAutoConfiguration @RestController
public class Service {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Environment environment;
    private final Map<String, String> tenants;

    public Service(JdbcClient jdbc, TransactionTemplate transaction, Environment environment) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.environment = environment;
        tenants = Arrays.stream(environment.getRequiredProperty("TOKENS").split(",")).map(entry -> entry.split("="))
            .collect(Collectors.toMap(entry -> "Bearer " + entry[0], entry -> entry[1]));
    }

    public static void main(String... args) {
        var application = new SpringApplication(Service.class);
        application.setDefaultProperties(Map.of("server.address", "127.0.0.1", "server.port", "0", "spring.threads.virtual.enabled", "true",
            "spring.datasource.url", "${JDBC_URL}", "spring.datasource.username", "${APP_USER}", "spring.datasource.password", "${APP_PASSWORD}",
            "spring.datasource.hikari.maximum-pool-size", "${POOL_SIZE}", "logging.level.root", "warn", "spring.main.banner-mode", "off"));
        application.run(args);
    }

    @EventListener(ApplicationReadyEvent.class) void ready() {
        System.out.println("listening on 127.0.0.1:" + environment.getProperty("local.server.port"));
    }

    record Invoice(long id, String customer, String amount, OffsetDateTime createdAt) {
        String cursor() {
            return createdAt.toInstant() + "_" + id;
        }

        Map<String, Object> shown() {
            return Map.of("id", id, "customer", customer, "amount", amount);
        }
    }

    @GetMapping("/invoices")
    ResponseEntity<?> page(@RequestHeader("Authorization") Optional<String> authorization, @RequestParam Optional<String> limit, @RequestParam Optional<String> after) {
        var tenant = authorization.map(tenants::get);
        if (tenant.isEmpty()) {
            return ResponseEntity.status(401).body(Map.of("error", "who asks?"));
        }
        try {
            int count = Integer.parseInt(limit.orElse("20"));
            var place = after.map(text -> text.split("_"));
            if (count < 1 || count > 100 || place.isPresent() && place.get().length != 2) {
                throw new IllegalArgumentException("neither limit nor cursor");
            }
            var from = place.map(parts -> Instant.parse(parts[0]).atOffset(ZoneOffset.UTC)).orElse(OffsetDateTime.MAX);
            long id = place.map(parts -> Long.parseLong(parts[1])).orElse(Long.MAX_VALUE);
            return ResponseEntity.ok(page(tenant.get(), count, from, id));
        } catch (IllegalArgumentException | DateTimeException e) {
            return ResponseEntity.badRequest().body(Map.of("error", "no such page"));
        }
    }

    private Map<String, Object> page(String tenant, int limit, OffsetDateTime from, long id) {
        List<Invoice> found = transaction.execute(status -> {
            jdbc.sql("select set_config('app.tenant', ?, true)").param(tenant).query(String.class).single();
            return jdbc.sql("""
                select id, customer, amount::text as amount, created_at from billing.invoices
                where (created_at, id) < (?, ?) order by created_at desc, id desc limit ?""").params(from, id, limit + 1).query(Invoice.class).list();
        });
        var page = new java.util.HashMap<String, Object>(); // which can hold a null
        page.put("items", found.stream().limit(limit).map(Invoice::shown).toList());
        page.put("next", found.size() > limit ? found.get(limit - 1).cursor() : null);
        return page;
    }
}

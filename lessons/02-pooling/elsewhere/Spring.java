///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.boot:spring-boot-starter-data-jpa
//DEPS org.springframework.boot:spring-boot-starter-webmvc
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring Boot's pool: what its properties set, who holds a connection, and who wants two. */
class Spring {
    // tag::shown[]
    static class Articles {
        @PersistenceContext EntityManager entities;

        @Transactional(readOnly = true) void load() {
            entities.createNativeQuery("select 1").getSingleResult();
        }
    }

    @RestController static class Site {
        private final Articles articles;
        private final HikariDataSource pool;

        Site(Articles articles, HikariDataSource pool) {
            this.articles = articles;
            this.pool = pool;
        }

        @GetMapping("/article") Page article() {
            articles.load();
            return new Page(pool);
        }
    }

    /** Is asked for its value when the answer is written, after the method. */
    static class Page {
        private final HikariDataSource pool;

        Page(HikariDataSource pool) {
            this.pool = pool;
        }

        public int getConnectionsInUse() {
            return pool.getHikariPoolMXBean().getActiveConnections();
        }
    }

    static class Orders {
        private final Audit audit;

        Orders(Audit audit) {
            this.audit = audit;
        }

        @Transactional void place() {
            audit.write();
        }
    }

    static class Audit {
        @Transactional(propagation = Propagation.REQUIRES_NEW) void write() { }
    }

    public static void main(String... args) throws Exception {
        try (var spring = start("--spring.datasource.hikari.maximum-pool-size=1",
                "--spring.datasource.hikari.connection-timeout=2000",
                "--spring.datasource.hikari.max-lifetime=600000",
                "--spring.datasource.hikari.leak-detection-threshold=10000")) {
            var pool = spring.getBean(HikariDataSource.class);
            check("maximum pool size", pool.getMaximumPoolSize(), 1);
            check("connection timeout", pool.getConnectionTimeout(), 2000L);
            check("max lifetime", pool.getMaxLifetime(), 600_000L);
            check("leak detection threshold", pool.getLeakDetectionThreshold(), 10_000L);

            check("the page", get(spring, "/article"), "{\"connectionsInUse\":1}");
            try {
                spring.getBean(Orders.class).place();
                throw new AssertionError("it got two connections of one");
            } catch (CannotCreateTransactionException e) {
                var cause = e.getMostSpecificCause();
                check("REQUIRES_NEW", cause.getClass(), SQLTransientConnectionException.class);
            }
        }
        try (var spring = start("--spring.jpa.open-in-view=false")) {
            System.out.println("open-in-view=false");
            check("the page", get(spring, "/article"), "{\"connectionsInUse\":0}");
        }
    }
    // end::shown[]

    @EnableAutoConfiguration @Import({Articles.class, Site.class, Orders.class, Audit.class})
    static class Program { }

    static ConfigurableApplicationContext start(String... settings) {
        return SpringApplication.run(Program.class, Stream.concat(Stream.of(settings), Stream.of(
            "--spring.datasource.url=${JDBC_URL}", "--spring.datasource.username=${PGUSER}",
            "--spring.datasource.password=${PGPASSWORD}", "--server.port=0",
            "--logging.level.root=off", "--spring.main.banner-mode=off")).toArray(String[]::new));
    }

    static String get(ConfigurableApplicationContext spring, String path) throws Exception {
        var port = spring.getEnvironment().getProperty("local.server.port");
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    static void check(String what, Object found, Object expected) {
        System.out.println(what + ": " + found);
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

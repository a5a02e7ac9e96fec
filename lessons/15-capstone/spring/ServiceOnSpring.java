///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.boot:spring-boot-starter-webmvc
//DEPS org.springframework.boot:spring-boot-starter-jdbc
//DEPS org.springframework.boot:spring-boot-starter-flyway
//DEPS org.springframework.boot:spring-boot-starter-cache
//DEPS org.springframework.boot:spring-boot-starter-actuator
//DEPS io.micrometer:micrometer-registry-prometheus
//DEPS com.github.ben-manes.caffeine:caffeine
//DEPS org.flywaydb:flyway-database-postgresql
//DEPS org.postgresql:postgresql
//SOURCES Api.java Server.java Servers.java Summaries.java News.java Outbox.java
//SOURCES ../service/Asked.java ../service/Cursor.java ../service/Refusal.java ../service/Sealed.java
//FILES application.properties
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.util.Base64;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** The service of lesson 15 on Spring Boot. Most of it is application.properties; beans are imported by name, as there is no package to scan. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableCaching
@Import({Api.class, Servers.class, Summaries.class, News.class, Outbox.class})
public class ServiceOnSpring {
    public static void main(String... args) {
        SpringApplication.run(ServiceOnSpring.class, args);
    }

    /** What Boot would do anyway, and says so. */
    @Bean FlywayMigrationStrategy migration() {
        return flyway -> System.out.println("migrated: " + flyway.migrate().migrationsExecuted);
    }

    @Bean Sealed sealed(Environment environment) {
        return new Sealed(Base64.getDecoder().decode(environment.getRequiredProperty("FIELD_KEY")));
    }

    @EventListener(ApplicationReadyEvent.class) void ready(ApplicationReadyEvent event) {
        System.out.println("listening on 127.0.0.1:" + event.getApplicationContext().getEnvironment().getProperty("local.server.port"));
    }
}

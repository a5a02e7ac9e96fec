///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.boot:spring-boot-starter-jdbc
//DEPS org.springframework.boot:spring-boot-starter-flyway
//DEPS org.flywaydb:flyway-database-postgresql
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Spring binds, how it names refusals, and how many transactions Flyway makes in Spring Boot. */
class Spring {
    // tag::shown[]
    static void binds(JdbcClient client) {
        client.sql("create table spring_events (id uuid, at timestamptz)").update();
        var insert = "insert into spring_events values (?, ?)";
        var noon = Instant.parse("2026-01-01T12:00:00Z");
        var id = new UUID(0, 1);
        check("Instant", failure(() -> client.sql(insert).params(id, noon).update()), "07006");
        check("OffsetDateTime", failure(() ->
            client.sql(insert).params(id, noon.atOffset(ZoneOffset.UTC)).update()), "accepted");
        check("read as Instant", client.sql("select at from spring_events where id = ?")
            .param(id).query(Instant.class).single(), noon);
        check("read as UUID", client.sql("select id from spring_events")
            .query(UUID.class).single(), id);
    }

    static void refusals(JdbcClient client) {
        refused(client, "exclusion_violation", DataIntegrityViolationException.class);
        var deadlock = refused(client, "deadlock_detected", PessimisticLockingFailureException.class);
        check("a ConcurrencyFailureException", deadlock instanceof ConcurrencyFailureException, true);
    }

    static RuntimeException refused(JdbcClient client, String condition, Class<?> expected) {
        try {
            client.sql("do $$ begin raise " + condition + "; end $$").update();
            throw new AssertionError("accepted");
        } catch (RuntimeException e) {
            check(condition, e.getClass(), expected);
            return e;
        }
    }

    public static void main(String... args) throws Exception {
        var files = Path.of("files");
        Files.createDirectories(files);
        Files.writeString(files.resolve("V1__roles.sql"), """
            create type role_kind as enum ('user');
            create table members (role role_kind);""");
        try (var spring = start(files, false)) {
            binds(spring.getBean(JdbcClient.class));
            refusals(spring.getBean(JdbcClient.class));
        }
        Files.writeString(files.resolve("V2__auditor.sql"),
            "alter type role_kind add value 'auditor'");
        Files.writeString(files.resolve("V3__first_auditor.sql"),
            "insert into members values ('auditor')");
        check("spring.flyway.group=true", failure(() -> start(files, true).close()), "55P04");
        check("spring.flyway.group=false", failure(() -> start(files, false).close()), "accepted");
    }
    // end::shown[]

    @EnableAutoConfiguration static class Program { }

    static ConfigurableApplicationContext start(Path files, boolean group) {
        return SpringApplication.run(Program.class,
            "--spring.datasource.url=${JDBC_URL}", "--spring.datasource.username=${PGUSER}",
            "--spring.datasource.password=${PGPASSWORD}", "--logging.level.root=off", "--spring.main.banner-mode=off",
            "--spring.flyway.locations=filesystem:" + files.toAbsolutePath(),
            "--spring.flyway.schemas=spring_files", "--spring.flyway.group=" + group);
    }

    static String failure(Runnable work) {
        try {
            work.run();
            return "accepted";
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException refusal) {
                    return refusal.getSQLState();
                }
            }
            throw e;
        }
    }

    static void check(String what, Object found, Object expected) {
        System.out.println(what + ": " + found);
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.cfg.Configuration;

/** What @PartitionKey adds to Hibernate's statements. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Visit") @Table(name = "hibernate_visits") static class Visit {
        @Id Integer id;
        @PartitionKey LocalDate day;                             // by which the table is cut
        String page;
    }
    // end::shown[]

    static final List<String> SENT = new ArrayList<>();

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var factory = factory()) {
            factory.inTransaction(session -> session.createNativeMutationQuery("""
                create table hibernate_visits (id int not null, day date not null, page text, primary key (id, day))
                  partition by range (day);
                create table hibernate_visits_2025 partition of hibernate_visits
                  for values from ('2025-01-01') to ('2026-01-01')""").executeUpdate());
            // tag::shown[]

            factory.inTransaction(session -> {
                var visit = new Visit();
                visit.id = 1;
                visit.day = LocalDate.of(2025, 3, 5);
                visit.page = "/";
                session.persist(visit);
            });
            factory.inTransaction(session -> session.find(Visit.class, 1).page = "/home");
            factory.inTransaction(session -> session.remove(session.find(Visit.class, 1)));
            // end::shown[]
        }
        SENT.forEach(System.out::println);
        check(where("update").contains("day=?"));
        check(where("delete").contains("day=?"));
        check(!where("select").contains("day=?"));
    }

    static String where(String command) {
        var sql = SENT.stream().filter(sent -> sent.startsWith(command)).findFirst().orElseThrow();
        return sql.substring(sql.indexOf(" where "));
    }

    static SessionFactory factory() {
        return new Configuration().addAnnotatedClass(Visit.class)
            .setStatementInspector(sql -> {
                if (!sql.startsWith("create")) {
                    SENT.add(sql);
                }
                return sql;
            })
            .setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .buildSessionFactory();
    }

    static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("not as the lesson says");
        }
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.query.NativeQuery;

/** Which zone Hibernate sets, how many rows it reads, and what it binds. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Visit") static class Visit {
        @Id String visitor;
        Instant instant;
        LocalDateTime local;
    }

    static void zones(Session session, String local) {
        var visit = new Visit();
        visit.visitor = "Ann";
        visit.instant = Instant.parse("2026-01-01T12:00:00Z");
        visit.local = LocalDateTime.parse("2026-01-01T12:00:00");
        session.persist(visit);
        session.flush();
        check("zone of the session", one(session, "show timezone"), "Pacific/Auckland");
        check("Instant, noon in UTC", one(session,
            "select cast(instant at time zone 'UTC' as text) from visit"), "2026-01-01 12:00:00");
        check("LocalDateTime, noon", one(session, "select cast(local as text) from visit"), local);
    }

    static void rows(Session session, long expected) {
        check("rows for the first", produced(session, many -> many), 20000L);
        check("setFetchSize(50)", produced(session, many -> many.setFetchSize(50)), expected);
        check("org.hibernate.fetchSize", produced(session,
            many -> many.setHint("org.hibernate.fetchSize", 50)), expected);
    }

    static void injection(Session session) {
        var input = "' or 'a'='a";
        check("HQL, glued", session.createSelectionQuery(
            "from Visit where visitor = '" + input + "'", Visit.class).getResultCount(), 1L);
        check("HQL, :name", session.createSelectionQuery(
            "from Visit where visitor = :name", Visit.class)
            .setParameter("name", input).getResultCount(), 0L);
    }

    /** How many rows the server has produced when the first is read. */
    static long produced(Session session, UnaryOperator<NativeQuery<Long>> how) {
        long start = (Long) one(session, "select nextval('odometer')");
        var many = session.createNativeQuery(
            "select nextval('odometer') from generate_series(1, 20000)", Long.class);
        try (var rows = how.apply(many).getResultStream()) {
            rows.iterator().next();
            return (Long) one(session, "select last_value from odometer") - start;
        }
    }
    // end::shown[]

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        // tag::shown[]

        try (var factory = factory(Map.of("hibernate.hbm2ddl.auto", "create"))) {
            factory.inTransaction(session -> zones(session, "2026-01-01 12:00:00"));
        }
        System.out.println("hibernate.jdbc.time_zone=UTC");
        try (var factory = factory(Map.of("hibernate.hbm2ddl.auto", "create",
                "hibernate.jdbc.time_zone", "UTC"))) {
            factory.inTransaction(session -> zones(session, "2025-12-31 23:00:00"));

            factory.inTransaction(session ->
                session.createNativeMutationQuery("create sequence odometer").executeUpdate());
            System.out.println("with autocommit");
            factory.inSession(session -> rows(session, 20000L));
            System.out.println("in a transaction");
            factory.inTransaction(session -> rows(session, 50L));
            factory.inTransaction(Hibernate::injection);
        }
        // end::shown[]
    }

    static Object one(Session session, String sql) {
        return session.createNativeQuery(sql, Object.class).getSingleResult();
    }

    static void check(String what, Object found, Object expected) {
        System.out.println("  " + what + ": " + found);
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }

    /** Its own pool has autocommit off, unlike others. */
    static SessionFactory factory(Map<String, String> properties) {
        var configuration = new Configuration().addAnnotatedClass(Visit.class)
            .setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.connection.autocommit", "true");
        properties.forEach(configuration::setProperty);
        return configuration.buildSessionFactory();
    }
}

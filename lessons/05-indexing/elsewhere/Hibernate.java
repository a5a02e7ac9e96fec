///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.cfg.Configuration;

/** Which indexes Hibernate makes, and which it misses. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Job")
    @Table(indexes = {
        @Index(name = "job_pending", columnList = "created_at desc", options = "where status = 'PENDING'"),
        @Index(name = "job_kind", columnList = "lower(kind)")}) // an expression
    static class Job {
        @Id Long id;
        String kind;
        String status;
        @Column(name = "created_at") Instant createdAt;
    }

    @Entity(name = "Person") @SQLRestriction("deleted_at is null")
    static class Person {
        @Id Long id;
        @Column(unique = true) String email;
        @Column(name = "deleted_at") Instant deletedAt;
        @ManyToOne Job job;
    }

    static void shown() {
        try (var factory = factory("create")) {
            shows(factory, "job", List.of("job_pending ON public.job USING btree (created_at DESC) "
                + "WHERE ((status)::text = 'PENDING'::text)"));
            shows(factory, "person", List.of()); // none for job_id
            System.out.println("warnings about lower(kind): " + WARNINGS.size());
            check(WARNINGS.size() == 1);

            factory.inSession(session -> session.createSelectionQuery("from Person", Person.class).list());
            System.out.println(SENT.getLast().replaceFirst(".* (?=where)", ""));
            check(SENT.getLast().endsWith("where (p1_0.deleted_at is null)"));

            factory.inTransaction(session ->
                session.createNativeMutationQuery("drop index job_pending").executeUpdate());
        }
        factory("validate").close();
        System.out.println("validate without the index: started");
    }
    // end::shown[]

    static final List<String> SENT = new ArrayList<>();
    static final List<LogRecord> WARNINGS = new ArrayList<>();

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        java.util.logging.Logger.getLogger("").addHandler(new Handler() {
            @Override public void publish(LogRecord line) {
                if (line.getLevel().intValue() == Level.WARNING.intValue() && String.valueOf(line.getThrown()).contains("lower(kind)")) {
                    WARNINGS.add(line);
                }
            }

            @Override public void flush() { }

            @Override public void close() { }
        });
        shown();
    }

    /** The indexes of a table, without those of its keys and unique constraints. */
    static void shows(SessionFactory factory, String table, List<String> expected) {
        var found = factory.fromSession(session -> session.createNativeQuery("""
            select substring(pg_get_indexdef(indexrelid) from 'INDEX (.*)') from pg_index
            where indrelid = cast(:name as regclass) and not exists (select from pg_constraint where conindid = indexrelid)
            order by 1""", String.class).setParameter("name", table).list());
        System.out.println("indexes of " + table + ": " + found);
        check(found.equals(expected));
    }

    static SessionFactory factory(String auto) {
        var configuration = new Configuration().addAnnotatedClass(Job.class).addAnnotatedClass(Person.class)
            .setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.hbm2ddl.auto", auto);
        configuration.setStatementInspector(sql -> {
            SENT.add(sql);
            return sql;
        });
        return configuration.buildSessionFactory();
    }

    static void check(boolean claim) {
        if (!claim) {
            throw new AssertionError("unexpected");
        }
    }
}

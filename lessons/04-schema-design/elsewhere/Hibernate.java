///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.JDBCException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.GeneratedColumn;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.SoftDeleteType;
import org.hibernate.annotations.UpdateTimestamp;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.cfg.Configuration;
import org.hibernate.type.SqlTypes;

/** Which types, keys and rules Hibernate makes of classes, and what it sends for them. */
class Hibernate {
    // tag::shown[]
    enum Status { DRAFT, PUBLISHED }

    @Entity(name = "Article") static class Article {
        @Id @UuidGenerator(style = UuidGenerator.Style.VERSION_7) UUID id;
        Instant instant;
        OffsetDateTime offsetDateTime;
        ZonedDateTime zonedDateTime;
        LocalDateTime localDateTime;
        @UpdateTimestamp Instant updated;
        Status number = Status.DRAFT;
        @Enumerated(EnumType.STRING) Status word = Status.DRAFT;
        @JdbcTypeCode(SqlTypes.NAMED_ENUM) Status type = Status.DRAFT;
        long net;
        @GeneratedColumn("net * 2") long gross;
    }

    @Entity(name = "Person")
    @SoftDelete(strategy = SoftDeleteType.TIMESTAMP, columnName = "deleted_at")
    static class Person {
        @Id @GeneratedValue(strategy = GenerationType.IDENTITY) Long id;
        String email;
    }

    @Entity(name = "Letter") static class Letter {
        @Id @GeneratedValue(strategy = GenerationType.IDENTITY) Long id;
        @ManyToOne Person author;
    }

    static void columns(Session session) {
        shows(session, """
            select column_name || ': ' || format_type(a.atttypid, a.atttypmod)
                || case attgenerated when 'v' then ', virtual' when 's' then ', stored' else '' end
                || case attidentity when 'd' then ', by default' when 'a' then ', always' else '' end
            from information_schema.columns join pg_attribute a
                on attrelid = table_name::regclass and attname = column_name
            where table_name in ('article', 'person') order by table_name desc, column_name""",
            "id: bigint, by default", "deleted_at: timestamp(6) with time zone",
            "instant: timestamp(6) with time zone", "offsetdatetime: timestamp(6) with time zone",
            "zoneddatetime: timestamp(6) with time zone",
            "localdatetime: timestamp(6) without time zone",
            "id: uuid", "number: smallint", "word: character varying(255)", "type: status",
            "gross: bigint, virtual");
        shows(session, """
            select pg_get_constraintdef(oid) from pg_constraint
            where conrelid = 'article'::regclass and contype = 'c' order by 1""");
        shows(session, """
            select format_type(castsource, null) || ' to ' || format_type(casttarget, null)
                || case castcontext when 'i' then ', implicit' else '' end
            from pg_cast where 'status'::regtype in (castsource, casttarget) order by 1""");
        shows(session, "select indexdef from pg_indexes where tablename = 'person'");
    }

    static void articles(SessionFactory factory) {
        var article = new Article();
        article.net = 10;
        factory.inTransaction(session -> session.persist(article));
        says("version of the UUID", article.id.version(), 7);
        says("gross, read back", article.gross, 20L);
        says("with returning", SENT.getLast().contains(" returning "), true);
        says("an index on it", failure(factory, session -> session.createNativeMutationQuery(
            "create index on article (gross)").executeUpdate()), "0A000");

        var first = updated(factory, article);
        factory.inTransaction(session -> session.find(Article.class, article.id).net = 10);
        says("updated moves with nothing changed", updated(factory, article).isAfter(first), false);
        factory.inTransaction(session -> session.find(Article.class, article.id).net = 11);
        var second = updated(factory, article);
        says("with a change", second.isAfter(first), true);
        factory.inTransaction(session ->
            session.createMutationQuery("update Article set net = 12").executeUpdate());
        says("with an update in HQL", updated(factory, article).isAfter(second), false);
    }

    static void people(SessionFactory factory) {
        says("an import with an id", failure(factory, session -> session.createNativeMutationQuery(
            "insert into person (id) values (1)").executeUpdate()), "accepted");
        says("the next from Hibernate",
            failure(factory, session -> session.persist(new Person())), "23505");

        var letter = new Letter();
        factory.inTransaction(session -> {
            letter.author = session.find(Person.class, 1L);
            session.persist(letter);
        });
        factory.inTransaction(session -> session.remove(session.find(Person.class, 1L)));
        System.out.println(SENT.getLast());
        check("soft delete", SENT.getLast().endsWith(" where id=? and deleted_at is null"), true);
        factory.inTransaction(session -> {
            session.createSelectionQuery("from Person", Person.class).getResultList();
            System.out.println(SENT.getLast().replaceFirst(".* from", "select ... from"));
            check("soft delete", SENT.getLast().endsWith(".deleted_at is null"), true);
            says("author of the letter", session.find(Letter.class, letter.id).author, null);
            shows(session, "select 'author_id ' || author_id from letter", "author_id 1");
        });
    }
    // end::shown[]

    static final List<String> SENT = new ArrayList<>();

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        // tag::shown[]

        try (var factory = factory("create")) {
            factory.inTransaction(Hibernate::columns);
            articles(factory);
            people(factory);
            factory.inTransaction(session -> session.createNativeMutationQuery("""
                drop table person cascade;
                create table person (id bigint generated always as identity primary key,
                    email text, deleted_at timestamptz)""").executeUpdate());
        }
        try (var factory = factory("validate")) {
            says("a person, generated always",
                failure(factory, session -> session.persist(new Person())), "accepted");
        }
        // end::shown[]
    }

    static Instant updated(SessionFactory factory, Article article) {
        return factory.fromTransaction(session -> session.find(Article.class, article.id).updated);
    }

    static String failure(SessionFactory factory, Consumer<Session> work) {
        try {
            factory.inTransaction(work);
            return "accepted";
        } catch (JDBCException e) {
            return e.getSQLState();
        }
    }

    static void says(String what, Object found, Object expected) {
        System.out.println(what + ": " + found);
        check(what, found, expected);
    }

    static void shows(Session session, String sql, String... expected) {
        var rows = session.createNativeQuery(sql.replace("::", "\\:\\:"), String.class).getResultList();
        rows.forEach(row -> System.out.println("  " + row));
        for (var row : expected) {
            check(row, rows.contains(row), true);
        }
    }

    static void check(String what, Object found, Object expected) {
        if (!Objects.equals(found, expected)) {
            throw new AssertionError(what + ": " + expected + " was expected, not " + found);
        }
    }

    static SessionFactory factory(String auto) {
        var configuration = new Configuration().setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.hbm2ddl.auto", auto)
            .setStatementInspector(sql -> {
                SENT.add(sql);
                return sql;
            });
        List.of(Article.class, Person.class, Letter.class).forEach(configuration::addAnnotatedClass);
        return configuration.buildSessionFactory();
    }
}

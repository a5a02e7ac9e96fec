///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.hibernate.orm:hibernate-jcache
//DEPS com.github.ben-manes.caffeine:jcache
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.sql.DriverManager;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;
import org.hibernate.cfg.Configuration;

/** What Hibernate's second-level cache does not hear of, and how a materialized view is mapped. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Author") @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Author {
        @Id Long id;
        String name;
    }

    @Entity(name = "AuthorPosts") @Immutable @Table(name = "author_posts") // a materialized view
    static class AuthorPosts {
        @Id @Column(name = "author_id") Long authorId;
        long posts;
    }

    static void shown(SessionFactory factory) throws Exception {
        says("first read", "Ann", name(factory));
        anotherProgram("update author set name = 'Anna' where id = 1");
        says("after an update by another program", "Ann", name(factory));
        factory.inTransaction(session -> session.createMutationQuery("update Author set name = 'Anne'").executeUpdate());
        says("after an update in HQL", "Anne", name(factory));
        factory.inTransaction(session ->
            session.createNativeMutationQuery("update author set name = 'Hannah'").executeUpdate());
        says("after an update in SQL, by Hibernate", "Hannah", name(factory));

        factory.inTransaction(session -> session.find(AuthorPosts.class, 1L).posts = 99); // not written
        says("posts in the view", "2", factory.fromSession(session -> session.find(AuthorPosts.class, 1L).posts));
        factory.inTransaction(session -> session.createNativeMutationQuery(
            "refresh materialized view concurrently author_posts").executeUpdate());
        says("posts after a refresh", "3", factory.fromSession(session -> session.find(AuthorPosts.class, 1L).posts));
    }
    // end::shown[]

    public static void main(String... args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        anotherProgram("""
            create table author (id bigint primary key, name varchar(255));
            insert into author values (1, 'Ann');
            create table post (author_id bigint references author);
            insert into post values (1), (1);
            create materialized view author_posts as select author_id, count(*) as posts from post group by author_id;
            create unique index on author_posts (author_id);
            insert into post values (1)""");
        try (var factory = new Configuration().addAnnotatedClass(Author.class).addAnnotatedClass(AuthorPosts.class)
                .setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
                .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
                .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
                .setProperty("hibernate.hbm2ddl.auto", "validate")
                .setProperty("hibernate.cache.region.factory_class", "jcache")
                .setProperty("hibernate.javax.cache.missing_cache_strategy", "create")
                .buildSessionFactory()) {
            shown(factory);
        }
    }

    static String name(SessionFactory factory) {
        return factory.fromSession(session -> session.find(Author.class, 1L).name);
    }

    static void anotherProgram(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
             var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void says(String what, String expected, Object found) {
        System.out.println(what + ": " + found);
        if (!found.toString().equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

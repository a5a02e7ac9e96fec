///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.hibernate.orm:hibernate-core:7.1.0.Final
//DEPS org.postgresql:postgresql:42.7.14
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hibernate.cfg.Configuration;

/** How an earlier Hibernate limits what it fetches. */
class Hibernate71 {
    @Entity(name = "Author") static class Author {
        @Id Long id;
        @OneToMany(mappedBy = "author") List<Post> posts;
    }

    @Entity(name = "Post") static class Post {
        @Id Long id;
        @ManyToOne(fetch = FetchType.LAZY) Author author;
    }

    static String sent;
    static String logged = "";

    public static void main(String... args) {
        LogManager.getLogManager().reset();
        var log = Logger.getLogger("org.hibernate.orm.query");
        log.addHandler(new Log());
        var configuration = new Configuration().setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .setStatementInspector(sql -> sent = sql)
            .addAnnotatedClass(Author.class).addAnnotatedClass(Post.class);
        try (var factory = configuration.buildSessionFactory()) {
            // tag::shown[]
            factory.inTransaction(session -> session.createSelectionQuery(
                "from Author a left join fetch a.posts", Author.class).setMaxResults(10).getResultList());
            // end::shown[]
        }
        System.out.println(sent);
        System.out.println(logged.replaceFirst(":.*", ""));
        if (sent.contains("fetch first") || sent.contains("limit") || !logged.startsWith("HHH90003004")) {
            throw new AssertionError(sent + "\n" + logged);
        }
    }

    static class Log extends Handler {
        @Override public void publish(LogRecord entry) {
            logged = entry.getMessage();
        }

        @Override public void flush() { }

        @Override public void close() { }
    }
}

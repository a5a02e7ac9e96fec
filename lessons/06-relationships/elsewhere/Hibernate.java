///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
import jakarta.persistence.*;
import org.hibernate.HibernateException;
import org.hibernate.cfg.Configuration;

/** What Hibernate does with a one-to-one that has two rows. */
class Hibernate {
    @Entity(name = "Author") @Table(name = "hibernate_authors")
    static class Author {
        @Id @GeneratedValue(strategy = GenerationType.IDENTITY) Long id;
        @OneToOne(mappedBy = "author") Biography biography;
    }

    @Entity(name = "Biography") @Table(name = "hibernate_biographies")
    static class Biography {
        @Id @GeneratedValue(strategy = GenerationType.IDENTITY) Long id;
        @ManyToOne Author author; // one in the program; nothing in the table says so
    }

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        var configuration = new Configuration().addAnnotatedClass(Author.class).addAnnotatedClass(Biography.class)
            .setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.hbm2ddl.auto", "create");
        try (var factory = configuration.buildSessionFactory()) {
            factory.inTransaction(session -> {
                var author = new Author();
                session.persist(author);
                for (int i = 0; i < 2; i++) {
                    var biography = new Biography();
                    biography.author = author;
                    session.persist(biography);
                }
            });
            try {
                factory.inSession(session -> session.find(Author.class, 1L));
                throw new AssertionError("it took one of the two");
            } catch (HibernateException e) {
                System.out.println("find(Author.class, 1) throws " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }
}

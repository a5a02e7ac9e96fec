///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.util.List;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.cfg.Configuration;

/** What tables Hibernate makes of annotations, and what it does not miss when another tool made them. */
class HibernateTables {
    // tag::entities[]
    @Entity(name = "Author") static class Author {
        @Id Long id;
    }

    @Entity(name = "Book") static class Book {
        @Id Long id;
        @ManyToOne(optional = false)
        @JoinColumn(name = "author_id", foreignKey = @ForeignKey(name = "book_author"))
        @OnDelete(action = OnDeleteAction.RESTRICT) Author author;
    }

    @Entity(name = "Review")
    @Table(indexes = @Index(name = "review_book", columnList = "book_id"))
    static class Review {
        @Id Long id;
        @ManyToOne @JoinColumn(name = "book_id") Book book;
    }

    @Entity(name = "Shelf") static class Shelf {
        @Id Long id;
        @ManyToMany @JoinTable(name = "in_a_set") Set<Book> set;
        @ManyToMany @JoinTable(name = "in_a_list") List<Author> list;
        @OneToMany @JoinTable(name = "in_between") List<Review> reviews; // no mappedBy, no @JoinColumn
    }

    @Entity(name = "Biography") static class Biography {
        @Id Long id;
        @OneToOne Author author;
    }

    @Entity(name = "Profile") static class Profile {
        @Id Long id;
        @OneToOne @MapsId Author author;
    }

    @Entity(name = "Remark") static class Remark {
        @Id Long id;
        @Any @AnyKeyJavaClass(Long.class) @Column(name = "about_type") @JoinColumn(name = "about_id")
        @AnyDiscriminatorValue(discriminator = "book", entity = Book.class)
        @AnyDiscriminatorValue(discriminator = "author", entity = Author.class) Object about;
    }
    // end::entities[]

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var factory = factory("create")) {
            show(factory, "book", "NOT NULL author_id, FOREIGN KEY (author_id) REFERENCES author(id) ON DELETE RESTRICT");
            show(factory, "review", "FOREIGN KEY (book_id) REFERENCES book(id), INDEX (book_id)");
            show(factory, "in_a_set", "FOREIGN KEY (set_id) REFERENCES book(id), "
                + "FOREIGN KEY (shelf_id) REFERENCES shelf(id), PRIMARY KEY (shelf_id, set_id)");
            show(factory, "in_a_list", "NOT NULL list_id, NOT NULL shelf_id, "
                + "FOREIGN KEY (list_id) REFERENCES author(id), FOREIGN KEY (shelf_id) REFERENCES shelf(id)");
            show(factory, "in_between", "NOT NULL reviews_id, NOT NULL shelf_id, FOREIGN KEY (reviews_id) REFERENCES review(id), "
                + "FOREIGN KEY (shelf_id) REFERENCES shelf(id), UNIQUE (reviews_id)");
            show(factory, "biography", "FOREIGN KEY (author_id) REFERENCES author(id), UNIQUE (author_id)");
            show(factory, "profile", "FOREIGN KEY (author_id) REFERENCES author(id), PRIMARY KEY (author_id)");
            show(factory, "remark", "nothing");
            factory.inTransaction(session -> {
                session.createNativeMutationQuery(
                    "alter table book drop constraint book_author, alter author_id drop not null").executeUpdate();
                session.createNativeMutationQuery("drop index review_book").executeUpdate();
            });
        }
        factory("validate").close();
        System.out.println("validate accepts book without foreign key and not null, and review without index");
    }

    static void show(SessionFactory factory, String table, String expected) {
        var made = factory.fromSession(session -> session.createNativeQuery(MADE, String.class)
            .setParameter("table", table).getSingleResult());
        System.out.println(table + ":\n  " + made.replaceAll(", (?=[A-Z])", "\n  "));
        if (!made.equals(expected)) {
            throw new AssertionError(table + " was expected to have: " + expected);
        }
    }

    static final String MADE = """
        with made as (
          select 2 as kind, pg_get_constraintdef(oid) as what from pg_constraint
          where conrelid = cast(:table as regclass) and contype in ('p', 'u', 'f') and pg_get_constraintdef(oid) <> 'PRIMARY KEY (id)'
          union all
          select 1, 'NOT NULL ' || attname from pg_attribute
          where attrelid = cast(:table as regclass) and attnum > 0 and attnotnull
            and not exists (select from pg_index where indrelid = attrelid and indisprimary and attnum = any (indkey))
          union all
          select 3, 'INDEX ' || substring(pg_get_indexdef(indexrelid) from '[(].*') from pg_index
          where indrelid = cast(:table as regclass)
            and not exists (select from pg_constraint where conindid = indexrelid))
        select coalesce(string_agg(what, ', ' order by kind, what), 'nothing') from made""";

    static SessionFactory factory(String ddl) {
        var configuration = new Configuration().setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.hbm2ddl.auto", ddl);
        List.of(Author.class, Book.class, Review.class, Shelf.class, Biography.class, Profile.class, Remark.class)
            .forEach(configuration::addAnnotatedClass);
        return configuration.buildSessionFactory();
    }
}

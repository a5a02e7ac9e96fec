///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.LazyInitializationException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.query.Order;
import org.hibernate.query.Page;

/** How many statements Hibernate sends, and which. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Author") static class Author {
        @Id Long id;
        @OneToMany(mappedBy = "author") Set<Post> posts;
        @OneToMany(mappedBy = "author") Set<Badge> badges;
    }

    @Entity(name = "Post") static class Post {
        @Id Long id;
        long at;
        @ManyToOne(fetch = FetchType.LAZY) Author author;
    }

    @Entity(name = "Badge") static class Badge {
        @Id Long id;
        @ManyToOne(fetch = FetchType.LAZY) Author author;
    }

    @Entity(name = "Eager") @Table(name = "author") static class Eager {
        @Id Long id;
        @OneToMany(fetch = FetchType.EAGER) @JoinColumn(name = "author_id") List<Post> posts;
    }

    @Entity(name = "Counted") static class Counted {
        @Id @GeneratedValue(strategy = GenerationType.IDENTITY) Long id;
    }

    @Entity(name = "Numbered") static class Numbered {
        @Id @GeneratedValue @SequenceGenerator(allocationSize = 50) Long id;
    }

    @Entity(name = "Account") static class Account {
        @Id Long id;
        int balance;
        @Version int version;
    }

    static void loops(SessionFactory factory) {
        sent(factory, "four authors, lazy, touched in a loop", 5, session ->
            session.createSelectionQuery("from Author", Author.class).getResultList()
                .forEach(author -> author.posts.size()));
        sent(factory, "four authors, eager, touched by nobody", 5, session ->
            session.createSelectionQuery("from Eager", Eager.class).getResultList());
        try {
            factory.fromSession(session -> session.find(Author.class, 1L)).posts.size();
            throw new AssertionError("loaded");
        } catch (LazyInitializationException e) {
            System.out.println("touched after the session: " + e.getClass().getSimpleName());
        }
    }

    static void batches(SessionFactory batching) {
        sent(batching, "default_batch_fetch_size=25, touched in a loop", 2, session ->
            session.createSelectionQuery("from Author", Author.class).getResultList()
                .forEach(author -> author.posts.size()));
        sent(batching, "jdbc.batch_size=50, ten rows with IDENTITY", 10, session -> {
            for (int i = 0; i < 10; i++) {
                session.persist(new Counted());
            }
        });
        sent(batching, "jdbc.batch_size=50, ten rows with a sequence", 3, session -> {
            for (int i = 0; i < 10; i++) {
                session.persist(new Numbered());
            }
        });
    }

    static void queries(Session session) {
        session.findMultiple(Author.class, List.of(1L, 2L, 3L));
        ends("findMultiple", "where a1_0.id = any (?)");

        session.createSelectionQuery("from Post p where (p.at, p.id) < (2, 3)", Post.class)
            .getResultList();
        ends("rows in HQL", "where (p1_0.at,p1_0.id)<(2,3)");

        List<Order<? super Post>> keys =
            List.of(Order.desc(Post.class, "at"), Order.desc(Post.class, "id"));
        var first = session.createSelectionQuery("from Post", Post.class)
            .getKeyedResultList(Page.first(2).keyedBy(keys));
        session.createSelectionQuery("from Post", Post.class).getKeyedResultList(first.getNextPage());
        System.out.println("getKeyedResultList: " + where());
        check(where().contains(" or "));

        var both = "from Author a left join fetch a.posts left join fetch a.badges";
        session.createSelectionQuery(both, Author.class).getResultList();
        var count = "select count(*) from (" + SENT.getLast() + ") found";
        var rows = session.createNativeQuery(count, Long.class).getSingleResult();
        System.out.println("two sets of three fetched for each of four authors: " + rows + " rows");
        check(rows == 36);
    }

    static void versions(Session session) {
        session.find(Account.class, 1L).balance = 110;
        session.flush();
        System.out.println("@Version: " + SENT.getLast());
        check(SENT.getLast().endsWith("where id=? and version=?"));
    }
    // end::shown[]

    static final List<String> SENT = new ArrayList<>();

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var factory = factory(Map.of("hibernate.hbm2ddl.auto", "create"))) {
            factory.inTransaction(Hibernate::fill);
            loops(factory);
            factory.inTransaction(Hibernate::queries);
            factory.inTransaction(Hibernate::versions);
        }
        try (var batching = factory(Map.of("hibernate.default_batch_fetch_size", "25",
                "hibernate.jdbc.batch_size", "50", "hibernate.order_inserts", "true"))) {
            batches(batching);
        }
    }

    static void fill(Session session) {
        for (var sql : """
            insert into author select generate_series(1, 4);
            insert into post (id, at, author_id) select n, n, 1 + n % 4 from generate_series(0, 11) n;
            insert into badge (id, author_id) select n, 1 + n % 4 from generate_series(0, 11) n;
            insert into account (id, balance, version) values (1, 100, 0)""".split(";")) {
            session.createNativeMutationQuery(sql).executeUpdate();
        }
    }

    static void sent(SessionFactory factory, String what, int expected, Consumer<Session> work) {
        factory.getStatistics().clear();
        factory.inTransaction(work);
        var count = factory.getStatistics().getPrepareStatementCount();
        System.out.println(what + ": " + count + " statements");
        check(count == expected);
    }

    static void ends(String what, String words) {
        System.out.println(what + ": " + where());
        check(SENT.getLast().endsWith(words));
    }

    static String where() {
        return SENT.getLast().substring(SENT.getLast().indexOf("where")).replaceFirst(" order by.*", "");
    }

    static void check(boolean claim) {
        if (!claim) {
            throw new AssertionError(String.join("\n", SENT));
        }
    }

    static SessionFactory factory(Map<String, String> properties) {
        var configuration = new Configuration().setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.generate_statistics", "true")
            .setStatementInspector(sql -> {
                SENT.add(sql);
                return sql;
            });
        properties.forEach(configuration::setProperty);
        List.of(Author.class, Post.class, Badge.class, Eager.class, Counted.class, Numbered.class, Account.class)
            .forEach(configuration::addAnnotatedClass);
        return configuration.buildSessionFactory();
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;
import org.postgresql.util.PSQLException;

/** What Hibernate sends when it deletes, locks and walks a tree, and what it makes of a refusal. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Author") static class Author {
        @Id Long id;
        Long parent;
        @OneToMany(mappedBy = "author", cascade = CascadeType.REMOVE) List<Book> books;
        @OneToMany(mappedBy = "author", orphanRemoval = true) List<Letter> letters;
        @OneToOne(mappedBy = "author") Biography biography;
    }

    @Entity(name = "Book") static class Book {
        @Id Long id;
        @ManyToOne(fetch = FetchType.LAZY) Author author;
    }

    @Entity(name = "Letter") static class Letter {
        @Id Long id;
        @ManyToOne(fetch = FetchType.LAZY) Author author;
    }

    @Entity(name = "Note") static class Note {
        @Id Long id;
        @ManyToOne(fetch = FetchType.LAZY) @OnDelete(action = OnDeleteAction.CASCADE) Author author;
    }

    @Entity(name = "Biography") static class Biography {
        @Id Long id;
        @ManyToOne Author author; // one in the program; nothing in the table says so
    }

    @Entity(name = "Team") static class Team {
        @Id Long id;
        @OneToOne(optional = false) Player captain;
    }

    @Entity(name = "Player") static class Player {
        @Id Long id;
        @ManyToOne(optional = false) Team team;
    }
    // end::shown[]

    static final List<String> SENT = new ArrayList<>();

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var factory = factory()) {
            factory.inTransaction(Hibernate::fill);
            factory.inTransaction(Hibernate::delete);
            refusals(factory);
            factory.inTransaction(Hibernate::lock);
            factory.inTransaction(Hibernate::walk);
            twoBiographies(factory);
            eachNeedsTheOther(factory);
        }
    }

    static void fill(Session session) {
        for (var sql : """
            insert into author (id, parent) values (1, null), (2, 3), (3, 2), (4, null);
            insert into book values (1, 1), (1, 2);
            insert into letter values (1, 1), (1, 2);
            insert into note values (1, 1), (1, 2);
            insert into biography values (4, 1), (4, 2);
            create table keeps (author bigint constraint keeps_author references author);
            create table restricts (author bigint constraint restricts_author references author on delete restrict);
            insert into keeps values (2);
            insert into restricts values (3)""".split(";")) {
            session.createNativeMutationQuery(sql.replaceAll("into (book|letter|note|biography)", "into $1 (author_id, id)"))
                .executeUpdate();
        }
    }

    // tag::shown[]
    static void delete(Session session) {
        var note = session.find(Note.class, 1L);
        var author = session.find(Author.class, 1L);
        SENT.clear();
        session.remove(author);
        session.flush();
        System.out.println("remove(author) with two books, letters and notes sends:");
        SENT.forEach(sql -> System.out.println("  " + sql));
        check(SENT.stream().filter(sql -> sql.startsWith("delete from Book")).count() == 2);
        check(SENT.stream().filter(sql -> sql.startsWith("delete from Letter")).count() == 2);
        check(SENT.stream().noneMatch(sql -> sql.contains("Note")));
        var rows = session.createNativeQuery("select count(*) from note", Long.class).getSingleResult();
        System.out.println("notes in the table: " + rows);
        System.out.println("the note is still in the session: " + session.contains(note));
        check(rows == 0 && session.contains(note));
    }

    static void refusals(SessionFactory factory) {
        for (var id : List.of(2, 3)) {
            try {
                factory.inTransaction(session ->
                    session.createMutationQuery("delete from Author where id = " + id).executeUpdate());
                throw new AssertionError("deleted");
            } catch (ConstraintViolationException e) {
                var cause = ((PSQLException) e.getSQLException()).getServerErrorMessage().getConstraint();
                System.out.println(e.getSQLState() + ": kind " + e.getKind() + ", constraint "
                    + e.getConstraintName() + "; its cause says " + cause);
                check(e.getSQLState().equals("23503") == (e.getConstraintName() != null));
                check(cause != null);
            }
        }
    }

    static void lock(Session session) {
        SENT.clear();
        session.find(Note.class, 9L, LockModeType.PESSIMISTIC_WRITE);
        System.out.println("PESSIMISTIC_WRITE sends:\n  " + SENT.getFirst());
        check(SENT.getFirst().endsWith("for no key update of n1_0"));
    }

    static void walk(Session session) {
        SENT.clear();
        var found = session.createSelectionQuery("""
            with below as (
              select a.id id, a.parent parent from Author a where a.id = 2
              union all
              select c.id id, c.parent parent from Author c join below b on c.parent = b.id
            ) cycle id set again to true default false
            select id || case when again then ' again' else '' end from below""",
            String.class).getResultList();
        System.out.println("HQL sends " + SENT.getFirst().substring(0, 20) + " ... and finds " + found);
        check(SENT.getFirst().startsWith("with recursive") && found.equals(List.of("2", "3", "2 again")));
    }

    static void twoBiographies(SessionFactory factory) {
        try {
            factory.inSession(session -> session.find(Author.class, 4L));
            throw new AssertionError("it took one of the two");
        } catch (org.hibernate.HibernateException e) {
            System.out.println("find throws " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    static void eachNeedsTheOther(SessionFactory factory) {
        var team = new Team();
        var player = new Player();
        team.id = player.id = 1L;
        team.captain = player;
        player.team = team;
        try {
            SENT.clear();
            factory.inTransaction(session -> {
                session.persist(player);
                session.persist(team);
            });
            throw new AssertionError("both got in");
        } catch (IllegalStateException e) {
            System.out.println("persist of a team and its captain sends no insert and throws "
                + e.getCause().getClass().getSimpleName());
            check(SENT.stream().noneMatch(sql -> sql.startsWith("insert")));
        }
    }
    // end::shown[]

    static void check(boolean claim) {
        if (!claim) {
            throw new AssertionError(String.join("\n", SENT));
        }
    }

    static SessionFactory factory() {
        var configuration = new Configuration().setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .setStatementInspector(sql -> {
                SENT.add(sql);
                return sql;
            });
        List.of(Author.class, Book.class, Letter.class, Note.class, Biography.class, Team.class, Player.class)
            .forEach(configuration::addAnnotatedClass);
        return configuration.buildSessionFactory();
    }
}

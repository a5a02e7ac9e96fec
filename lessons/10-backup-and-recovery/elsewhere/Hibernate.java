///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;

/** What Hibernate does with a table that was restored without its sequence. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Receipt") static class Receipt {
        @Id @GeneratedValue Long id;
        String note;
    }

    static String persistOne(SessionFactory factory) {
        try {
            var receipt = new Receipt();
            factory.inTransaction(session -> session.persist(receipt));
            return "got id " + receipt.id;
        } catch (ConstraintViolationException e) {
            return "refused, " + e.getSQLState();
        }
    }
    // end::shown[]

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var factory = factory("create")) {                  // the table, and a sequence that begins at 1
            factory.inTransaction(session -> session.createNativeMutationQuery(
                "insert into Receipt (id, note) values (1, 'a'), (2, 'b'), (3, 'c')").executeUpdate());
            var refused = persistOne(factory);
            System.out.println("rows restored, sequence not: " + refused);
            check(refused.equals("refused, 23505"));
        }
        try (var factory = factory("none")) {                    // the program starts again
            factory.inTransaction(session -> session.createNativeQuery(
                "select setval('Receipt_SEQ', (select max(id) from Receipt))", Long.class).getSingleResult());
            var got = persistOne(factory);
            System.out.println("after setval to the greatest id: " + got);
            check(got.startsWith("got id") && Long.parseLong(got.substring(7)) > 3);
        }
    }

    static SessionFactory factory(String schema) {
        return new Configuration().addAnnotatedClass(Receipt.class)
            .setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
            .setProperty("hibernate.default_schema", "public")
            .setProperty("hibernate.hbm2ddl.auto", schema).buildSessionFactory();
    }

    static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}

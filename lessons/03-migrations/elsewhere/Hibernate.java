///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.cfg.Configuration;
import org.hibernate.tool.schema.spi.SchemaManagementException;

/** What Hibernate changes at its start, what it checks, and where it writes its SQL. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Before") @Table(name = "member") static class Before {
        @Id long id;
        String name;
        int age;
    }

    @Entity(name = "After") @Table(name = "member") static class After {
        @Id long id;
        @Column(name = "full_name", nullable = false, unique = true) String name; // was name
        long age; // was int
    }

    static void shown() throws Exception {
        start("create", Before.class);
        check(start("validate", After.class), false);

        sql("insert into member (id, age) values (1, 30)");
        check(start("update", After.class), true);
        check(columns(), "{age=bigint, id=bigint, name=character varying}"); // full_name failed, unheard
        sql("delete from member");
        check(start("update", After.class), true);
        check(columns(), "{age=bigint, full_name=character varying, id=bigint, name=character varying}");

        sql("drop table member; create table member (id bigint, full_name varchar(99), age bigint)");
        check(start("validate", After.class), true);
        sql("alter table member alter age type int");
        check(start("validate", After.class), false);
        sql("alter table member drop age");
        check(start("validate", After.class), false);
    }
    // end::shown[]

    public static void main(String... args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        shown();
        // tag::shown[]
        var script = Path.of("first.sql");
        start(After.class, Map.of("jakarta.persistence.schema-generation.scripts.action", "create",
            "jakarta.persistence.schema-generation.scripts.create-target", script.toString()));
        System.out.print(Files.readString(script));
        // end::shown[]
        check(Files.readString(script).contains("create table member"), true);
    }

    /** Starts with this {@code ddl-auto}; false where Hibernate refuses. */
    static boolean start(String auto, Class<?> entity) {
        try {
            start(entity, Map.of("hibernate.hbm2ddl.auto", auto));
            System.out.println(auto + " with " + entity.getSimpleName() + ": started");
            return true;
        } catch (SchemaManagementException e) {
            System.out.println(auto + " with " + entity.getSimpleName() + ": " + e.getMessage());
            return false;
        }
    }

    static void start(Class<?> entity, Map<String, String> properties) {
        var configuration = new Configuration().addAnnotatedClass(entity)
            .setProperty("hibernate.connection.url", System.getenv("JDBC_URL"))
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"));
        properties.forEach(configuration::setProperty);
        configuration.buildSessionFactory().close();
    }

    static String columns() throws Exception {
        var found = new TreeMap<String, String>();
        try (var connection = connect(); var rows = connection.createStatement().executeQuery(
                "select column_name, data_type from information_schema.columns where table_name = 'member'")) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        System.out.println("  " + found);
        return found.toString();
    }

    static void sql(String sql) throws Exception {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        System.out.println(sql);
    }

    static java.sql.Connection connect() throws Exception {
        return java.sql.DriverManager.getConnection(
            System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    static void check(Object found, Object expected) {
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected, not " + found);
        }
    }
}

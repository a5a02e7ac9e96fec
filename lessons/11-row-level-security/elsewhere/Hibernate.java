///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.TenantId;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/** What @TenantId covers and what it does not, and a provider of connections that says who asks. */
class Hibernate {
    // tag::shown[]
    @Entity(name = "Note") @Table(name = "notes") static class Note {
        @Id Integer id;
        @TenantId String author;
        String title;
    }

    /** Begins a transaction, and names its tenant for just as long. */
    static class Named implements MultiTenantConnectionProvider<String> {
        @Override public Connection getConnection(String tenant) throws SQLException {
            var connection = getAnyConnection();
            connection.setAutoCommit(false);
            try (var who = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
                who.setString(1, tenant);
                who.execute();
            }
            return connection;
        }

        @Override public void releaseConnection(String tenant, Connection connection) throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
            releaseAnyConnection(connection);
        }
        // end::shown[]

        @Override public Connection getAnyConnection() {
            return POOL; // of one
        }

        @Override public void releaseAnyConnection(Connection connection) { }

        @Override public boolean supportsAggressiveRelease() {
            return false;
        }

        @Override public boolean isUnwrappableAs(Class<?> type) {
            return false;
        }

        @Override public <T> T unwrap(Class<T> type) {
            return null;
        }
        // tag::shown[]
    }
    // end::shown[]

    static final Connection POOL = connect();

    static Connection connect() {
        try {
            return DriverManager.getConnection(System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(String sql) throws SQLException {
        try (var statement = POOL.createStatement()) {
            statement.execute(sql);
        }
    }

    public static void main(String... args) throws SQLException {
        java.util.logging.LogManager.getLogManager().reset();
        execute("""
            create table notes (id int primary key, author text not null, title text);
            insert into notes values (1, 'ann', 'Buy cat food'), (2, 'ann', 'Learn SQL'), (3, 'bob', 'Ask for a raise')""");
        try (var factory = factory()) {
            // tag::shown[]

            count("HQL", factory, "ann", 2, session -> session
                .createSelectionQuery("select count(*) from Note", Long.class).getSingleResult());
            count("find(3), which is Bob's", factory, "ann", 0, session ->
                session.find(Note.class, 3) == null ? 0L : 1L);
            count("a native query", factory, "ann", 3, session -> session
                .createNativeQuery("select count(*) from notes", Long.class).getSingleResult());

            execute("""
                create policy own on notes using (author = nullif(current_setting('app.tenant', true), ''));
                alter table notes enable row level security, force row level security""");
            count("a native query, with a policy", factory, "ann", 2, session -> session
                .createNativeQuery("select count(*) from notes", Long.class).getSingleResult());
            count("the next, for Bob", factory, "bob", 1, session -> session
                .createNativeQuery("select count(*) from notes", Long.class).getSingleResult());
            count("a second transaction of one session", factory, "ann", 2, session -> {
                session.getTransaction().commit();
                session.beginTransaction();
                return session.createNativeQuery("select count(*) from notes", Long.class).getSingleResult();
            });
            // end::shown[]
        }
        try (var statement = POOL.createStatement(); var rows = statement.executeQuery("select count(*) from notes")) {
            rows.next();
            check("the connection, given back", 0, rows.getLong(1));
        }
    }

    static SessionFactory factory() {
        var configuration = new Configuration().addAnnotatedClass(Note.class)
            .setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
            .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false");
        configuration.getProperties().put("hibernate.multi_tenant_connection_provider", new Named());
        return configuration.buildSessionFactory();
    }

    static void count(String what, SessionFactory factory, String tenant, long expected, Function<Session, Long> query) {
        try (var session = factory.withOptions().tenantIdentifier((Object) tenant).openSession()) {
            session.beginTransaction();
            check(what, expected, query.apply(session));
            session.getTransaction().commit();
        }
    }

    static void check(String what, long expected, long notes) {
        System.out.println(what + ": " + notes);
        if (notes != expected) {
            throw new AssertionError(expected + " expected");
        }
    }
}

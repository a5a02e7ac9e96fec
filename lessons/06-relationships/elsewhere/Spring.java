///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework:spring-context
//DEPS org.springframework:spring-jdbc
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** What Spring makes of a refusal, and where a deferred one comes out. */
class Spring {
    @Configuration(proxyBeanMethods = false) @EnableTransactionManagement(proxyTargetClass = true)
    static class Program {
        @Bean DataSource dataSource() {
            return new DriverManagerDataSource(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
        }

        @Bean JdbcTransactionManager transactions(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean JdbcClient client(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean Teams teams(JdbcClient client) {
            return new Teams(client);
        }
    }

    // tag::shown[]
    static class Teams {
        private final JdbcClient client;

        Teams(JdbcClient client) {
            this.client = client;
        }

        @Transactional void found(int captain) {
            try {
                client.sql("insert into spring_teams values (?)").param(captain).update();
                System.out.println("inside of the method: no failure");
            } catch (DataIntegrityViolationException e) {
                throw new AssertionError("too early", e);
            }
        }

        @Transactional int locked() {
            return lockedWithoutTransaction();
        }

        int lockedWithoutTransaction() {
            client.sql("select pg_advisory_xact_lock(6)").query().listOfRows();
            return client.sql("""
                select count(*) from pg_locks join pg_database d on d.oid = database
                where locktype = 'advisory' and datname = current_database()""")
                .query(Integer.class).single();
        }
    }
    // end::shown[]

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var spring = new AnnotationConfigApplicationContext(Program.class)) {
            var client = spring.getBean(JdbcClient.class);
            for (var sql : List.of("create table spring_authors (id int primary key)",
                    "create table spring_books (author int references spring_authors)",
                    "create table spring_awards (author int references spring_authors on delete restrict)",
                    "create table spring_teams (captain int references spring_authors deferrable initially deferred)",
                    "insert into spring_authors values (1), (2)", "insert into spring_books values (1)",
                    "insert into spring_awards values (2)")) {
                client.sql(sql).update();
            }
            // tag::shown[]
            refused(client, "delete from spring_authors where id = 1", "23503", false);
            refused(client, "delete from spring_authors where id = 2", "23001", false);
            refused(client, "insert into spring_authors values (1)", "23505", true);

            var teams = spring.getBean(Teams.class);
            try {
                teams.found(9);
                throw new AssertionError("a captain who is nobody");
            } catch (DataIntegrityViolationException e) {
                System.out.println("outside: " + e.getClass().getSimpleName());
            }

            int with = teams.locked();
            int without = teams.lockedWithoutTransaction();
            System.out.println("advisory locks with @Transactional: " + with + ", without: " + without);
            // end::shown[]
            if (with != 1 || without != 0) {
                throw new AssertionError("locks");
            }
        }
    }

    static void refused(JdbcClient client, String sql, String sqlState, boolean duplicate) {
        try {
            client.sql(sql).update();
            throw new AssertionError("not refused");
        } catch (DataIntegrityViolationException e) {
            var found = ((java.sql.SQLException) e.getCause()).getSQLState();
            System.out.println(sql + ": " + found + ", " + e.getClass().getSimpleName());
            if (e instanceof DuplicateKeyException != duplicate || !found.equals(sqlState)) {
                throw new AssertionError("unexpected", e);
            }
        }
    }
}

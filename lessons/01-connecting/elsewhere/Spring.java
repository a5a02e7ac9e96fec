///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.boot:spring-boot-starter-jdbc
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.annotation.Transactional;

/** What Spring Boot hands to the driver, and what ends a transaction of Spring's how. */
class Spring {
    // tag::shown[]
    static class Payments {
        private final JdbcClient client;
        private final DataSource dataSource;

        Payments(JdbcClient client, DataSource dataSource) {
            this.client = client;
            this.dataSource = dataSource;
        }

        @Transactional void pay(Throwable failure) throws Throwable {
            client.sql("insert into payments default values").update();
            throw failure;
        }

        @Transactional(rollbackFor = Exception.class)
        void payOrNothing(Throwable failure) throws Throwable {
            pay(failure);
        }

        @Transactional boolean autocommit() throws SQLException {
            return DataSourceUtils.getConnection(dataSource).getAutoCommit();
        }
    }

    public static void main(String... args) throws Exception {
        try (var spring = SpringApplication.run(Program.class,
                "--spring.datasource.url=${JDBC_URL}",
                "--spring.datasource.username=${PGUSER}",
                "--spring.datasource.password=${PGPASSWORD}",
                "--spring.datasource.hikari.data-source-properties.ApplicationName=invoices",
                "--spring.datasource.hikari.data-source-properties.options=-c lock_timeout=2s",
                "--logging.level.root=off", "--spring.main.banner-mode=off")) {
            var client = spring.getBean(JdbcClient.class);
            var set = client.sql("""
                select name || ' = ' || current_setting(name) from pg_settings
                where name in ('application_name', 'lock_timeout') order by name""")
                .query(String.class).list();
            System.out.println("set by the properties: " + set);
            check(set, List.of("application_name = invoices", "lock_timeout = 2s"));

            var payments = spring.getBean(Payments.class);
            System.out.println("autocommit in a @Transactional method: " + payments.autocommit());
            check(payments.autocommit(), false);

            client.sql("create table payments ()").update();
            check(rows(client, new IllegalStateException(), payments::pay), 0);
            check(rows(client, new AssertionError(), payments::pay), 0);
            check(rows(client, new IOException(), payments::pay), 1);
            System.out.println("with rollbackFor = Exception.class:");
            check(rows(client, new IOException(), payments::payOrNothing), 0);
        }
    }
    // end::shown[]

    @EnableAutoConfiguration @Import(Payments.class) static class Program { }

    interface Payment {
        void pay(Throwable failure) throws Throwable;
    }

    /** How many rows are there after a payment that failed so. */
    static int rows(JdbcClient client, Throwable failure, Payment payment) {
        client.sql("truncate payments").update();
        try {
            payment.pay(failure);
            throw new IllegalArgumentException("no failure");
        } catch (Throwable thrown) {
            check(thrown, failure);
        }
        int rows = client.sql("select count(*) from payments").query(Integer.class).single();
        System.out.println(failure.getClass().getSimpleName() + ": " + (rows == 0 ? "rolled back" : "committed"));
        return rows;
    }

    static void check(Object found, Object expected) {
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected, not " + found);
        }
    }
}

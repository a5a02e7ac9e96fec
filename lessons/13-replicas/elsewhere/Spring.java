///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework:spring-jdbc
//DEPS org.springframework:spring-context
//DEPS com.zaxxer:HikariCP
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where read-only transactions of Spring go, in three ways to route them. Two pools on one server stand for the two servers. */
class Spring {
    // tag::shown[]
    /** As it stands in many articles. */
    static class Routing extends AbstractRoutingDataSource {
        Routing(DataSource writing, DataSource reading) {
            setTargetDataSources(Map.of(false, writing, true, reading));
            afterPropertiesSet();
        }

        @Override protected Object determineCurrentLookupKey() {
            return TransactionSynchronizationManager.isCurrentTransactionReadOnly();
        }
    }

    static LazyConnectionDataSourceProxy lazy(DataSource writing, DataSource reading) {
        var lazy = new LazyConnectionDataSourceProxy(writing);
        lazy.setReadOnlyDataSource(reading);
        return lazy;
    }
    // end::shown[]

    static String where(DataSource source, boolean inTransaction, boolean readOnly) {
        var client = JdbcClient.create(source);
        if (!inTransaction) {
            return server(client);
        }
        var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        transaction.setReadOnly(readOnly);
        return transaction.execute(status -> server(client));
    }

    static String server(JdbcClient client) {
        return client.sql("select current_setting('application_name')").query(String.class).single();
    }

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var writing = pool("primary"); var reading = pool("standby")) {
            // tag::shown[]

            var routing = new Routing(writing, reading);
            check("read-only, routed", "primary", where(routing, true, true)); // it has its connection before the flag is set
            check("read-only, routed and lazy", "standby", where(new LazyConnectionDataSourceProxy(routing), true, true));
            var lazy = lazy(writing, reading);
            check("read-only, lazy with a read-only DataSource", "standby", where(lazy, true, true));
            check("read-write, the same", "primary", where(lazy, true, false));
            check("without a transaction, the same", "primary", where(lazy, false, true));
            // end::shown[]
        }
    }

    static HikariDataSource pool(String name) {
        var pool = new HikariDataSource();
        var url = System.getenv("JDBC_URL");
        pool.setJdbcUrl(url + (url.contains("?") ? "&" : "?") + "ApplicationName=" + name);
        pool.setUsername(System.getenv("PGUSER"));
        pool.setPassword(System.getenv("PGPASSWORD"));
        pool.setMaximumPoolSize(2);
        return pool;
    }

    static void check(String what, String expected, String actual) {
        System.out.println(what + ": " + actual);
        if (!expected.equals(actual)) {
            throw new AssertionError(what);
        }
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework:spring-context
//DEPS org.springframework:spring-jdbc
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.util.Map;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** When Spring asks for the server. */
class Spring {
    // tag::shown[]
    static final ThreadLocal<String> SHARD = new ThreadLocal<>();

    static class Shards extends AbstractRoutingDataSource {
        @Override protected Object determineCurrentLookupKey() {
            return SHARD.get();
        }
    }
    // end::shown[]

    public static void main(String... args) {
        var shards = new Shards();
        shards.setTargetDataSources(Map.of("a", shard("a"), "b", shard("b"))); // two logins stand for two servers
        shards.setLenientFallback(false);
        shards.afterPropertiesSet();
        var client = JdbcClient.create(shards);
        var transactions = new TransactionTemplate(new JdbcTransactionManager(shards));
        // tag::shown[]

        SHARD.set("a");
        check("a statement of its own", "a", where(client));
        SHARD.set("b");
        check("the next", "b", where(client));
        check("changed in a transaction", "b", transactions.execute(status -> {
            SHARD.set("a");
            return where(client);
        }));
        SHARD.remove();
        try {
            where(client);
            throw new AssertionError("found a server");
        } catch (CannotGetJdbcConnectionException e) {
            System.out.println("without a key: refused");
        }
        // end::shown[]
    }

    static DriverManagerDataSource shard(String name) {
        var url = System.getenv("JDBC_URL");
        return new DriverManagerDataSource(url + (url.contains("?") ? "&" : "?") + "ApplicationName=" + name,
            System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    static String where(JdbcClient client) {
        return client.sql("select current_setting('application_name')").query(String.class).single();
    }

    static void check(String what, String expected, String shard) {
        System.out.println(what + ": on " + shard);
        if (!expected.equals(shard)) {
            throw new AssertionError(expected + " expected");
        }
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq
//DEPS com.zaxxer:HikariCP
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import com.zaxxer.hikari.HikariDataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** When jOOQ takes a connection from the pool, and when it gives it back. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    public static void main(String... args) {
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(System.getenv("JDBC_URL"));
            pool.setUsername(System.getenv("PGUSER"));
            pool.setPassword(System.getenv("PGPASSWORD"));
            pool.setMaximumPoolSize(2);
            // tag::shown[]
            var jooq = DSL.using(pool, SQLDialect.POSTGRES);
            jooq.fetch("select 1");
            check("in use after a statement", inUse(pool), 0);

            jooq.transaction(inside -> {
                inside.dsl().fetch("select 1");
                check("in a transaction, after a statement", inUse(pool), 1);
                jooq.fetch("select 1"); // goes to another connection, outside of it
                var first = inside.dsl().fetchValue("select pg_backend_pid()");
                var second = inside.dsl().fetchValue("select pg_backend_pid()");
                var outside = jooq.fetchValue("select pg_backend_pid()");
                check("both statements on one connection", first.equals(second), true);
                check("one by the outer DSLContext as well", first.equals(outside), false);
            });
            check("after the transaction", inUse(pool), 0);
            // end::shown[]
        }
    }

    static int inUse(HikariDataSource pool) {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    static void check(String what, Object found, Object expected) {
        System.out.println(what + ": " + found);
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

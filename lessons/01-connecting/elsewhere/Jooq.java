///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import static org.jooq.impl.DSL.*;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.sql.DriverManager;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** What jOOQ binds, and how many rows it reads. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    public static void main(String... args) throws Exception {
        try (var connection = DriverManager.getConnection(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
            var jooq = DSL.using(connection, SQLDialect.POSTGRES);
            jooq.execute("create table jooq_customers (name text)");
            jooq.execute("create sequence jooq_odometer");
            // tag::shown[]
            var customers = table("jooq_customers");
            var name = field("name", VARCHAR);
            jooq.insertInto(customers, name).values("Ann").values("O'Brien").execute();

            var input = "' or 'a'='a";
            check("a value", jooq.fetchCount(customers, name.eq(input)), 0);
            check("a text", jooq.fetchCount(customers, condition("name = '" + input + "'")), 2);

            check("rows for the first, autocommit", produced(jooq), 20000L);
            jooq.transaction(inside ->
                check("rows for the first, in a transaction", produced(inside.dsl()), 50L));
            // end::shown[]
        }
    }

    // tag::shown[]

    static long produced(DSLContext jooq) {
        long start = jooq.nextval(sequence(name("jooq_odometer"))).longValue();
        var many = "select nextval('jooq_odometer') from generate_series(1, 20000)";
        try (var rows = jooq.resultQuery(many).fetchSize(50).fetchLazy()) {
            rows.fetchNext();
            return jooq.fetchOne("select last_value from jooq_odometer").get(0, Long.class) - start;
        }
    }
    // end::shown[]

    static void check(String what, Object found, Object expected) {
        System.out.println(what + ": " + found);
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

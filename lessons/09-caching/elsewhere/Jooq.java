///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import static org.jooq.impl.DSL.*;

import java.sql.Connection;
import java.sql.DriverManager;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Whether jOOQ asks again, and how it refreshes a materialized view. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    public static void main(String... args) throws Exception {
        try (var connection = connect(); var another = connect()) {
            // tag::shown[]
            var jooq = DSL.using(connection, SQLDialect.POSTGRES);
            jooq.execute("create table jooq_posts (id int)");
            jooq.execute("create materialized view jooq_count as select count(*) as n from jooq_posts");
            var posts = jooq.selectCount().from(table("jooq_posts"));
            var count = jooq.select(field("n", Integer.class)).from("jooq_count");

            says("before", 0, posts.fetchSingle().value1());
            another.createStatement().execute("insert into jooq_posts values (1)");
            says("after an insert by another program", 1, posts.fetchSingle().value1()); // asked again

            says("in the view", 0, count.fetchSingle().value1());
            jooq.execute("refresh materialized view jooq_count");
            says("in the view after a refresh", 1, count.fetchSingle().value1());
            // end::shown[]
        }
    }

    static Connection connect() throws Exception {
        return DriverManager.getConnection(
            System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    static void says(String what, int expected, int found) {
        System.out.println(what + ": " + found);
        if (found != expected) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

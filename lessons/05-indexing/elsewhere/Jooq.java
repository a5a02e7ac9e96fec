///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import static org.jooq.impl.DSL.*;
import static org.jooq.impl.SQLDataType.CLOB;

import java.sql.DriverManager;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** What jOOQ sends as a parameter, and which indexes it can spell. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    public static void main(String... args) throws Exception {
        try (var connection = DriverManager.getConnection(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
            // tag::shown[]
            var jooq = DSL.using(connection, SQLDialect.POSTGRES,
                new Settings().withRenderQuotedNames(RenderQuotedNames.NEVER));
            jooq.execute("create table job (id bigint, status text, email text, created_at timestamptz)");
            var status = field("status", CLOB);

            says(jooq, jooq.select(status).from("job").where(status.eq("pending")),
                "select status from job where status = ?");
            says(jooq, jooq.select(status).from("job").where(status.eq(inline("pending"))),
                "select status from job where status = 'pending'");

            jooq.createIndex("job_pending").on("job", "created_at").include("id")
                .where(status.eq("pending")).execute();
            jooq.createIndex("job_email").on(table("job"), lower(field("email", CLOB)).asc()).execute();
            var indexes = jooq.fetchValues("select indexdef from pg_indexes where tablename = 'job' order by 1");
            indexes.forEach(System.out::println);
            // end::shown[]
            check(indexes.get(0).toString().endsWith("(lower(email))"));
            check(indexes.get(1).toString().endsWith("(created_at) INCLUDE (id) WHERE (status = 'pending'::text)"));
        }
    }

    static void says(DSLContext jooq, Query query, String words) {
        var sql = query.getSQL();
        System.out.println(sql);
        check(sql.equals(words));
        query.execute();
    }

    static void check(boolean claim) {
        if (!claim) {
            throw new AssertionError("unexpected");
        }
    }
}

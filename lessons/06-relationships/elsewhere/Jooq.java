///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import static org.jooq.impl.DSL.*;

import java.sql.DriverManager;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What jOOQ makes of a refusal, and how it spells a lock and a walk. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    public static void main(String... args) throws Exception {
        try (var connection = DriverManager.getConnection(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
            var jooq = DSL.using(connection, SQLDialect.POSTGRES, new Settings().withRenderFormatted(false));
            for (var sql : List.of("create table jooq_authors (id int primary key)",
                    "create table jooq_books (author int references jooq_authors)",
                    "create table jooq_awards (author int references jooq_authors on delete restrict)",
                    "insert into jooq_authors values (1), (2)", "insert into jooq_books values (1)",
                    "insert into jooq_awards values (2)")) {
                jooq.execute(sql);
            }
            // tag::shown[]
            var authors = table("jooq_authors");
            var id = field("id", SQLDataType.INTEGER);
            refused(jooq, jooq.deleteFrom(authors).where(id.eq(1)), "23503");
            refused(jooq, jooq.deleteFrom(authors).where(id.eq(2)), "23001");
            refused(jooq, jooq.insertInto(authors, id).values(1), "23505");

            says(jooq, jooq.selectFrom(authors).where(id.eq(1)).forNoKeyUpdate(), "for no key update");
            says(jooq, jooq.selectFrom(authors).where(id.eq(1)).forUpdate(), "for update");

            var below = name("below").fields("n").as(select(val(1)).unionAll(
                select(field("n", SQLDataType.INTEGER).plus(1)).from("below").where("n < 3")));
            says(jooq, jooq.withRecursive(below).selectFrom(below), "with recursive");
            // end::shown[]
        }
    }

    static void refused(DSLContext jooq, Query query, String sqlState) {
        try {
            query.execute();
            throw new AssertionError("not refused");
        } catch (IntegrityConstraintViolationException e) {
            System.out.println(jooq.renderInlined(query) + ": " + e.getClass().getSimpleName() + ", sqlState() " + e.sqlState());
            if (!e.sqlState().equals(sqlState)) {
                throw new AssertionError(sqlState + " was expected", e);
            }
        }
    }

    static void says(DSLContext jooq, org.jooq.Select<?> query, String words) {
        var sql = jooq.renderInlined(query);
        System.out.println(sql.replace(" select \"", "\n  select \""));
        if (query.fetch().isEmpty() || !sql.contains(words)) {
            throw new AssertionError("no " + words);
        }
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import static org.jooq.impl.DSL.*;
import static org.jooq.impl.SQLDataType.BIGINT;

import java.sql.DriverManager;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** How jOOQ spells a keyset and a list, and what it tells of a failure. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    public static void main(String... args) throws Exception {
        try (var connection = DriverManager.getConnection(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
            // tag::shown[]
            var settings = new Settings().withRenderQuotedNames(RenderQuotedNames.NEVER);
            var jooq = DSL.using(connection, SQLDialect.POSTGRES, settings);
            var bounding = DSL.using(connection, SQLDialect.POSTGRES,
                new Settings().withRenderQuotedNames(RenderQuotedNames.NEVER)
                    .withRenderRedundantConditionForSeekClause(true));
            jooq.execute("create table jooq_posts (id bigint primary key, at bigint not null)");

            var posts = table("jooq_posts");
            var id = field("id", BIGINT);
            var at = field("at", BIGINT);

            var page = jooq.selectFrom(posts).orderBy(at.desc(), id.desc()).seek(7L, 3L).limit(10);
            says("one direction", jooq, page, "(at, id) < (?, ?)");
            var mixed = jooq.selectFrom(posts).orderBy(at.desc(), id.asc()).seek(7L, 3L).limit(10);
            says("mixed directions", jooq, mixed, "(at < ? or (at = ? and id > ?))");
            says("and bounded", bounding, mixed, "(at <= ? and (at < ? or (at = ? and id > ?)))");

            Long[] ids = {1L, 2L, 3L};
            says("in", jooq, jooq.selectFrom(posts).where(id.in(ids)), "id in (?, ?, ?)");
            says("any", jooq, jooq.selectFrom(posts).where(id.eq(any(ids))), "id = any (cast(? as bigint[]))");

            try {
                jooq.execute("do $$ begin raise serialization_failure; end $$");
                throw new AssertionError("no failure");
            } catch (DataAccessException e) {
                System.out.println("sqlState(): " + e.sqlState());
                check(e.sqlState().equals("40001"));
            }
            // end::shown[]
        }
    }

    static void says(String what, DSLContext jooq, Select<?> query, String words) {
        var sql = jooq.render(query);
        var condition = sql.substring(sql.indexOf("where ") + 6).replaceFirst(" order by.*", "");
        System.out.println(what + ": " + condition);
        check(condition.equals(words));
        jooq.fetch(query);
    }

    static void check(boolean claim) {
        if (!claim) {
            throw new AssertionError("unexpected");
        }
    }
}

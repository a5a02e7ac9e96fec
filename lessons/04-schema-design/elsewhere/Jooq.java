///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import static org.jooq.impl.DSL.*;
import static org.jooq.impl.SQLDataType.*;

import java.sql.DriverManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** Which times jOOQ takes and reads, and how it names a partial index. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    public static void main(String... args) throws Exception {
        try (var connection = DriverManager.getConnection(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
            var jooq = DSL.using(connection, SQLDialect.POSTGRES, new Settings().withRenderFormatted(true));
            jooq.execute("create table jooq_events (id uuid primary key, at timestamptz)");
            // tag::shown[]
            var events = table("jooq_events");
            var id = field("id", UUID);
            var instant = field("at", INSTANT);
            var offset = field("at", TIMESTAMPWITHTIMEZONE);
            var noon = Instant.parse("2026-01-01T12:00:00Z");
            var ann = new UUID(0, 1);
            var bob = new UUID(0, 2);

            jooq.insertInto(events, id, instant).values(ann, noon).execute();
            jooq.insertInto(events, id, offset).values(bob, noon.atOffset(ZoneOffset.UTC)).execute();
            check("read as Instant", jooq.fetchValue(
                select(instant).from(events).where(id.eq(bob))), noon);
            check("read as OffsetDateTime", jooq.fetchValue(
                select(offset).from(events).where(id.eq(ann))).toInstant(), noon);

            var users = table(name("app", "users"));
            var email = field(name("email"), CLOB);
            var hash = field(name("password_hash"), CLOB);
            var role = field(name("role"), CLOB);
            var deletedAt = field(name("deleted_at"), TIMESTAMPWITHTIMEZONE);
            var upsert = jooq.insertInto(users, email, hash, role)
                .values("ann@example.org", "-", "admin")
                .onConflict(lower(email)).where(deletedAt.isNull())
                .doUpdate().set(role, excluded(role));
            System.out.println(upsert.getSQL());
            check("rows the first time", upsert.execute(), 1);
            check("rows the second time", upsert.execute(), 1);
            check("users", jooq.fetchCount(users), 1);
            // end::shown[]
        }
    }

    static void check(String what, Object found, Object expected) {
        System.out.println(what + ": " + found);
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

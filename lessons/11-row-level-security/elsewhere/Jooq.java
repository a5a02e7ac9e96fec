///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.sql.DriverManager;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TransactionContext;
import org.jooq.TransactionListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/** Where jOOQ says who asks: when a transaction has begun. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    static String user = "";

    // tag::shown[]
    static class WhoAsks implements TransactionListener {
        @Override public void beginEnd(TransactionContext context) {
            DSL.using(context.configuration()).fetch("select set_config('app.tenant', ?, true)", user);
        }
    }
    // end::shown[]

    public static void main(String... args) throws Exception {
        try (var connection = DriverManager.getConnection(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
            // tag::shown[]
            var jooq = DSL.using(new DefaultConfiguration().set(connection).set(SQLDialect.POSTGRES)
                .set(new WhoAsks()));
            // end::shown[]
            jooq.execute("create table notes (id int primary key, author text not null)");
            jooq.execute("insert into notes values (1, 'ann'), (2, 'ann'), (3, 'bob')");
            jooq.execute("create policy own on notes using (author = nullif(current_setting('app.tenant', true), ''))");
            jooq.execute("alter table notes enable row level security, force row level security");
            // tag::shown[]

            user = "ann";
            check("Ann, transactionResult(…)", 2, jooq.transactionResult(c -> count(DSL.using(c))));
            check("Ann, without a transaction", 0, count(jooq));
            user = "bob";
            check("Bob, transactionResult(…)", 1, jooq.transactionResult(c -> count(DSL.using(c))));
            // end::shown[]
        }
    }

    static long count(DSLContext jooq) {
        return jooq.fetchCount(DSL.table("notes"));
    }

    static void check(String what, long expected, long notes) {
        System.out.println(what + ": " + notes);
        if (notes != expected) {
            throw new AssertionError(expected + " expected");
        }
    }
}

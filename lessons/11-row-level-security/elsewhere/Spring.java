///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework:spring-jdbc
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Where Spring says who asks: when a transaction has begun. */
class Spring {
    static final ThreadLocal<String> USER = ThreadLocal.withInitial(() -> "");

    // tag::shown[]
    /** USER stands for your security context. */
    record WhoAsks(JdbcClient client) implements TransactionExecutionListener {
        @Override public void afterBegin(TransactionExecution transaction, Throwable failure) {
            if (failure == null) {
                client.sql("select set_config('app.tenant', ?, true)").param(USER.get()).query(String.class).single();
            }
        }
    }
    // end::shown[]

    public static void main(String... args) {
        var pool = new SingleConnectionDataSource(
            System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"), true);
        var client = JdbcClient.create(pool);
        // tag::shown[]

        var transactions = new JdbcTransactionManager(pool);
        transactions.addListener(new WhoAsks(client));
        // end::shown[]
        client.sql("create table notes (id int primary key, author text not null)").update();
        client.sql("insert into notes values (1, 'ann'), (2, 'ann'), (3, 'bob')").update();
        client.sql("create policy own on notes using (author = nullif(current_setting('app.tenant', true), ''))").update();
        client.sql("alter table notes enable row level security, force row level security").update();
        var transactional = new TransactionTemplate(transactions);
        // tag::shown[]

        USER.set("ann");
        check("Ann, in a transaction", 2, transactional.execute(status -> count(client)));
        check("Ann, without a transaction", 0, count(client));
        USER.set("bob");
        check("Bob, in a transaction", 1, transactional.execute(status -> count(client)));
        USER.remove();
        check("nobody, in a transaction", 0, transactional.execute(status -> count(client)));
        // end::shown[]
        pool.destroy();
    }

    static long count(JdbcClient client) {
        return client.sql("select count(*) from notes").query(Long.class).single();
    }

    static void check(String what, long expected, long notes) {
        System.out.println(what + ": " + notes);
        if (notes != expected) {
            throw new AssertionError(expected + " expected");
        }
    }
}

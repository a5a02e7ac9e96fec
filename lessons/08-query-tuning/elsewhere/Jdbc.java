///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.sql.DriverManager;
import java.util.Map;

/** What two words in the JDBC URL change. */
class Jdbc {
    // tag::shown[]
    public static void main(String... args) throws Exception {
        check(prepared(""), 1);
        check(prepared("?prepareThreshold=0"), 0);
        check(inserts(""), 500);
        check(inserts("?reWriteBatchedInserts=true"), 6); // of 128 rows and smaller powers of two
    }

    /** Statements on the server after ten executions. */
    static int prepared(String parameters) throws Exception {
        try (var connection = connect(parameters);
             var query = connection.prepareStatement("select ?::int");
             var count = connection.createStatement()) {
            for (int i = 0; i < 10; i++) {
                query.setInt(1, i);
                query.executeQuery().close();
            }
            var found = count.executeQuery("select count(*) from pg_prepared_statements");
            found.next();
            System.out.println("prepared with \"" + parameters + "\": " + found.getInt(1));
            return found.getInt(1);
        }
    }

    /** Statements that insert a batch of 500 rows, as a trigger counts them. */
    static int inserts(String parameters) throws Exception {
        try (var connection = connect(parameters); var statement = connection.createStatement()) {
            statement.execute("""
                create temp table numbers (n int);
                create temp sequence statements;
                create or replace function count_it() returns trigger language plpgsql as
                  $$ begin perform nextval('statements'); return null; end $$;
                create trigger counted after insert on numbers execute function count_it()""");
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("insert into numbers values (?)")) {
                for (int n = 0; n < 500; n++) {
                    insert.setInt(1, n);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            var found = statement.executeQuery("select last_value from statements");
            found.next();
            System.out.println("statements with \"" + parameters + "\": " + found.getInt(1));
            return found.getInt(1);
        }
    }
    // end::shown[]

    static java.sql.Connection connect(String parameters) throws Exception {
        return DriverManager.getConnection(
            System.getenv("JDBC_URL") + parameters, System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    static void check(int found, int expected) {
        if (found != expected) {
            throw new AssertionError(expected + " were expected");
        }
    }
}

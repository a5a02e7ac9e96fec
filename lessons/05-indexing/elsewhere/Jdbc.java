///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.sql.DriverManager;

/** When the driver prepares a statement on the server, and when its plan is one for all values. */
class Jdbc {
    // tag::shown[]
    public static void main(String... args) throws Exception {
        check(plans("", 4), "not prepared");
        check(plans("", 5), "1 custom, 0 generic");
        check(plans("", 20), "5 custom, 11 generic");
        check(plans("?options=-c%20plan_cache_mode=force_custom_plan", 20), "16 custom, 0 generic");
    }

    /** Which plans a statement has had after so many executions. */
    static String plans(String parameters, int executions) throws Exception {
        try (var connection = connect(parameters);
             var query = connection.prepareStatement("select relname from pg_class where oid = ?");
             var count = connection.createStatement()) {
            for (int i = 0; i < executions; i++) {
                query.setLong(1, i);
                query.executeQuery().close();
            }
            var found = count.executeQuery("""
                select custom_plans || ' custom, ' || generic_plans || ' generic'
                from pg_prepared_statements where statement like '%relname%'""");
            var plans = found.next() ? found.getString(1) : "not prepared";
            System.out.println(executions + " executions, \"" + parameters + "\": " + plans);
            return plans;
        }
    }
    // end::shown[]

    static java.sql.Connection connect(String parameters) throws Exception {
        return DriverManager.getConnection(
            System.getenv("JDBC_URL") + parameters, System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    static void check(String found, String expected) {
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

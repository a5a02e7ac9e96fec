///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework:spring-jdbc
//DEPS com.zaxxer:HikariCP
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which sessions two calls of Spring's JdbcTemplate have. */
class Spring {
    static final String SESSION = "select pg_backend_pid()";

    // tag::shown[]
    static int twoCalls(JdbcTemplate jdbc) throws SQLException {
        int start = jdbc.queryForObject(SESSION, Integer.class);
        try (var somebodyElse = jdbc.getDataSource().getConnection()) { // a request, meanwhile
            int stop = jdbc.queryForObject(SESSION, Integer.class);
            return start == stop ? 1 : 2;
        }
    }

    static int oneConnection(JdbcTemplate jdbc) {
        return jdbc.execute((ConnectionCallback<Integer>) connection -> {
            int start = session(connection);
            try (var somebodyElse = jdbc.getDataSource().getConnection()) {
                return start == session(connection) ? 1 : 2;
            }
        });
    }
    // end::shown[]

    static int session(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery(SESSION)) {
            result.next();
            return result.getInt(1);
        }
    }

    public static void main(String... args) throws SQLException {
        java.util.logging.LogManager.getLogManager().reset();
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(System.getenv("JDBC_URL"));
            pool.setUsername(System.getenv("PGUSER"));
            pool.setPassword(System.getenv("PGPASSWORD"));
            pool.setMaximumPoolSize(3);
            var jdbc = new JdbcTemplate(pool);
            var two = twoCalls(jdbc);
            var one = oneConnection(jdbc);
            System.out.println("two calls of the template: " + two + " sessions");
            System.out.println("one ConnectionCallback: " + one + " session");
            if (two != 2 || one != 1) {
                throw new AssertionError();
            }
        }
    }
}

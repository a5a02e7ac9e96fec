///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.boot:spring-boot-starter-flyway
//DEPS org.flywaydb:flyway-database-postgresql
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

/** Which libraries Spring Boot needs to run Flyway at its start, and what its properties do. */
public class Spring {
    @Configuration(proxyBeanMethods = false) @EnableAutoConfiguration
    public static class Program { }

    // tag::shown[]
    static void libraries() throws Exception {
        file("V1__songs.sql", "create table songs (id int)");
        file("V3__bands.sql", "create table bands (id int)");
        without("spring-boot-flyway", "started, tables: none");
        without("flyway-database-postgresql", "Unsupported Database: PostgreSQL");
        start("started, tables: none", "spring.flyway.enabled=false");
        start("started, tables: bands, songs");
    }

    static void inside() {
        try (var program = program()) {
            var flyway = program.getBean(Flyway.class);
            var pool = program.getBean(HikariDataSource.class);
            check("Flyway is course_owner, the program course_app",
                "Flyway is " + flyway.info().current().getInstalledBy() + ", the program " + pool.getUsername());
            flyway.clean();
            throw new AssertionError("it was cleaned");
        } catch (FlywayException e) {
            check("Unable to execute clean as it has been disabled with the 'flyway.cleanDisabled' property.", e.getMessage());
        }
    }

    static void files() throws Exception {
        file("V1__songs.sql", "create table songs (id bigint)");
        start("Validate failed: Migrations have failed validation");
        start("started, tables: bands, songs", "spring.flyway.validate-on-migrate=false");
        file("V1__songs.sql", "create table songs (id int)");

        file("V2__labels.sql", "create table labels (id int)");
        start("Validate failed: Migrations have failed validation");
        start("started, tables: bands, labels, songs", "spring.flyway.out-of-order=true");
    }

    static void baseline() throws Exception {
        sql("create schema one; create table one.shops (); create schema two; create table two.shops ()");
        start("started, tables: bands, labels, shops", "spring.flyway.schemas=one",
            "spring.flyway.baseline-on-migrate=true");
        start("started, tables: bands, labels, shops, songs", "spring.flyway.schemas=two",
            "spring.flyway.baseline-on-migrate=true", "spring.flyway.baseline-version=0");
    }

    static void locks() throws Exception {
        file("V4__index.sql", "drop index concurrently if exists i; create index concurrently i on songs (id)");
        start("55P03", "spring.flyway.init-sqls=set lock_timeout = '500ms'"); // without, it would hang
        start("started, tables: bands, labels, songs", "spring.flyway.postgresql.transactional-lock=false");

        file("V5__slow.sql", "select pg_advisory_xact_lock(3)");
        try (var instances = Executors.newFixedThreadPool(2);
             var connection = connect(); var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(3)"); // V5 waits for it
            var ends = new ExecutorCompletionService<String>(instances);
            ends.submit(() -> outcome("spring.flyway.lock-retry-count=1"));
            ends.submit(() -> outcome("spring.flyway.lock-retry-count=1"));
            System.out.println("two instances with spring.flyway.lock-retry-count=1");
            check("Number of retries exceeded", ends.poll(60, TimeUnit.SECONDS).get());
            statement.execute("select pg_advisory_unlock(3)");
            check("started, tables: bands, labels, songs", ends.poll(60, TimeUnit.SECONDS).get());
        }
    }
    // end::shown[]

    public static void main(String... args) throws Exception {
        libraries();
        inside();
        files();
        baseline();
        locks();
    }

    /** Starts the program with these properties, and ends it. */
    static void start(String expected, String... properties) {
        System.out.println(properties.length == 0 ? "with no further property" : String.join("\n", properties));
        check(expected, outcome(properties));
    }

    public static String outcome(String... properties) {
        try (var program = program(properties)) {
            return "started, tables: " + tables(program.getEnvironment().getProperty("spring.flyway.schemas"));
        } catch (Exception e) {
            return switch (NestedExceptionUtils.getMostSpecificCause(e)) {
                case SQLException failure -> failure.getSQLState();
                case Throwable failure -> failure.getMessage().replaceAll("(?s)( while |(?<=PostgreSQL) [0-9]|\\R).*", "");
            };
        }
    }

    static ConfigurableApplicationContext program(String... properties) {
        var arguments = Stream.of("spring.datasource.url=" + System.getenv("JDBC_URL"), "spring.datasource.username=course_app",
            "spring.flyway.user=" + System.getenv("PGUSER"), "spring.flyway.password=" + System.getenv("PGPASSWORD"),
            "spring.flyway.locations=filesystem:migrations", "logging.level.root=off");
        return new SpringApplicationBuilder(Program.class).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF)
            .properties("spring.flyway.schemas=music")
            .run(Stream.concat(arguments, Stream.of(properties)).map(property -> "--" + property).toArray(String[]::new));
    }

    /** Starts the program by a class loader that does not find this library. */
    static void without(String library, String expected) throws Exception {
        var found = new ArrayList<URL>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Path.of(entry).getFileName().toString().startsWith(library)) {
                found.add(Path.of(entry).toUri().toURL());
            }
        }
        System.out.println("without " + library);
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        try (var fewer = new URLClassLoader(found.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(fewer);
            var outcome = fewer.loadClass("Spring").getMethod("outcome", String[].class);
            check(expected, outcome.invoke(null, (Object) new String[0]).toString());
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    static String tables(String schema) throws SQLException {
        try (var connection = connect(); var statement = connection.prepareStatement("""
                select coalesce(string_agg(table_name, ', ' order by table_name), 'none') from information_schema.tables
                where table_schema = ? and table_name <> 'flyway_schema_history'""")) {
            statement.setString(1, schema);
            var row = statement.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    static void file(String name, String sql) throws Exception {
        Files.writeString(Files.createDirectories(Path.of("migrations")).resolve(name), sql);
        System.out.println(name + ": " + sql);
    }

    static void sql(String sql) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        System.out.println(sql);
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    static void check(String expected, String found) {
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected, not " + found);
        }
        System.out.println("  " + found);
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.flywaydb:flyway-core
//DEPS org.flywaydb:flyway-database-postgresql
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** What Flyway does with a database that was restored to another release than the program's. */
class FlywayRestored {
    // tag::shown[]
    static List<String> states(Flyway flyway) {
        return Arrays.stream(flyway.info().all()).filter(MigrationInfo::isVersioned)
            .map(info -> info.getVersion() + " " + info.getState().getDisplayName()).toList();
    }

    public static void main(String... args) throws IOException {
        var yesterday = flyway("yesterday", "V1__orders.sql", "create table restored.orders (id int)");
        var today = flyway("today", "V1__orders.sql", "create table restored.orders (id int)",
            "V2__paid.sql", "alter table restored.orders add paid boolean");
        yesterday.migrate();                                     // a backup of yesterday
        System.out.println("today's program finds " + states(today));
        System.out.println("and runs " + today.migrate().migrationsExecuted); // as it does when it starts
        System.out.println("yesterday's program then finds " + states(yesterday));
        System.out.println("and is content: " + yesterday.validateWithResult().validationSuccessful);
        check(states(today).equals(List.of("1 Success", "2 Success")));
        check(states(yesterday).equals(List.of("1 Success", "2 Future")));
        check(yesterday.validateWithResult().validationSuccessful);
    }
    // end::shown[]

    static Flyway flyway(String name, String... files) throws IOException {
        var folder = Files.createDirectories(Path.of(name));
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(folder.resolve(files[i]), files[i + 1]);
        }
        return Flyway.configure().dataSource(System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))
            .schemas("restored").locations("filesystem:" + folder).load();
    }

    static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.liquibase:liquibase-core
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.exception.CommandExecutionException;
import liquibase.exception.ValidationFailedException;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;

/** What Liquibase makes of a changelog, and what is left of a changeSet that fails. */
class Liquibase {
    // tag::shown[]
    static final String USERS = """
        databaseChangeLog:
        - changeSet: {id: 1, author: ann, changes: [
            {createTable: {schemaName: lab, tableName: users, columns: [
              {column: {name: id, type: uuid}},
              {column: {name: email, type: varchar(255), constraints: {nullable: false, unique: true}}},
              {column: {name: password_hash, type: varchar(255), constraints: {nullable: false}}},
              {column: {name: created_at, type: timestamp, defaultValueComputed: now(),
                        constraints: {nullable: false}}}]}},
            {createIndex: {schemaName: lab, tableName: users, indexName: users_email_index,
                           columns: [{column: {name: email}}]}}]}
        """;
    static final String LOGINS = """
        - changeSet: {id: 2, author: ann, changes: [
            {createTable: {schemaName: lab, tableName: logins, columns: [
              {column: {name: id, type: uuid, constraints: {primaryKey: true}}},
              {column: {name: began, type: datetime}},
              {column: {name: ended, type: timestamp with time zone}}]}}]}
        """;
    static final String FAILS = """
        - changeSet: {id: 3, author: ann, changes: [
            {dropTable: {schemaName: lab, tableName: users}}, {sql: {sql: select 1 / 0}}]}
        """;
    static final String INDEX = """
        - changeSet: {id: 4, author: ann, changes: [
            {sql: {sql: create index concurrently logins_began on lab.logins (began)}}]}
        """;

    static void shown() throws Exception {
        var sql = updateSql(USERS + LOGINS);
        contains(sql, "users (id UUID, ");
        contains(sql, "created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT NOW() NOT NULL, UNIQUE (email))");
        contains(sql, "CREATE INDEX users_email_index ON lab.users(email)");
        contains(sql, "CONSTRAINT logins_pkey PRIMARY KEY (id)");
        contains(sql, "began TIMESTAMP WITHOUT TIME ZONE, ended TIMESTAMP WITH TIME ZONE");

        check("22012", update("two changeSets, and one that fails", USERS + LOGINS + FAILS));
        check("logins, users", tables());
        check("25001", update("an index, concurrently", USERS + LOGINS + INDEX));
        check("updated", update("with runInTransaction: false",
            USERS + LOGINS + INDEX.replace("author: ann", "author: ann, runInTransaction: false")));
        check("Validation Failed: 1 changesets check sum", update("an edited changeSet", USERS.replace("255", "99")));
    }
    // end::shown[]

    public static void main(String... args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        try (var connection = connect()) {
            connection.createStatement().execute("create schema lab");
        }
        Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService(),
            Scope.Attr.resourceAccessor.name(), new DirectoryResourceAccessor(Path.of("").toAbsolutePath())), Liquibase::shown);
    }

    static String update(String what, String changelog) throws Exception {
        System.out.println(what);
        try {
            run("update", changelog);
            return "updated";
        } catch (CommandExecutionException e) {
            for (Throwable cause = e; ; cause = cause.getCause()) {
                switch (cause) {
                    case SQLException failure -> { return failure.getSQLState(); }
                    case ValidationFailedException failure -> {
                        return String.join(" ", failure.getMessage().lines().limit(2).map(String::strip).toList());
                    }
                    default -> { }
                }
            }
        }
    }

    /** What would run in the schema lab. */
    static String updateSql(String changelog) throws Exception {
        var sql = String.join("\n", run("updateSql", changelog).lines()
            .filter(line -> line.startsWith("CREATE") && line.contains(" lab.")).toList());
        System.out.println(sql.replaceAll(", ", ",\n  "));
        return sql;
    }

    static String run(String command, String changelog) throws Exception {
        Files.writeString(Path.of("changelog.yaml"), changelog);
        var printed = new ByteArrayOutputStream();
        new CommandScope(command).addArgumentValue("changelogFile", "changelog.yaml")
            .addArgumentValue("url", System.getenv("JDBC_URL")).addArgumentValue("username", System.getenv("PGUSER"))
            .addArgumentValue("password", System.getenv("PGPASSWORD")).setOutput(printed).execute();
        return printed.toString();
    }

    static String tables() throws SQLException {
        try (var connection = connect(); var row = connection.createStatement().executeQuery(
                "select string_agg(tablename, ', ' order by tablename) from pg_tables where schemaname = 'lab'")) {
            row.next();
            return row.getString(1);
        }
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    static void contains(String sql, String words) {
        if (!sql.contains(words)) {
            throw new AssertionError(words + " was expected in " + sql);
        }
    }

    static void check(String expected, String found) {
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected, not " + found);
        }
        System.out.println("  " + found);
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.jooq:jooq-codegen
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.language=en
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.codegen.GenerationTool;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/** What a program with generated classes notices of a column that comes, and of one that goes. */
class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    // tag::shown[]
    static final String PROGRAM = """
        import static generated.Tables.POSTS;

        import org.jooq.*;

        public class Program {
            public static Select<?> all(DSLContext jooq) {
                return jooq.selectFrom(POSTS);
            }

            static Field<String> named() {
                return POSTS.CONTENT;
            }
        }
        """;

    static void shown(DSLContext jooq) throws Exception {
        sql(jooq, "create table blog.posts (id int, content text)");
        check("compiled", compile("first"));
        check("select blog.posts.id, blog.posts.content from blog.posts", run("first", jooq));

        sql(jooq, "alter table blog.posts add body text"); // expand
        check("select blog.posts.id, blog.posts.content from blog.posts", run("first", jooq));
        check("compiled", compile("second"));
        check("select blog.posts.id, blog.posts.content, blog.posts.body from blog.posts", run("second", jooq));

        sql(jooq, "alter table blog.posts drop content"); // contract
        check("42703", run("second", jooq));
        check("cannot find symbol: variable CONTENT", compile("third"));
    }
    // end::shown[]

    public static void main(String... args) throws Exception {
        try (var connection = DriverManager.getConnection(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
            var jooq = DSL.using(connection, SQLDialect.POSTGRES,
                new Settings().withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED));
            jooq.execute("create schema blog");
            shown(jooq);
        }
    }

    /** Generates classes of the database as it is, and compiles the program with them. */
    static String compile(String folder) throws Exception {
        System.out.println("generate and compile the " + folder + " program");
        GenerationTool.generate(new Configuration().withLogging(Logging.WARN)
            .withJdbc(new Jdbc().withUrl(System.getenv("JDBC_URL")).withUser(System.getenv("PGUSER"))
                .withPassword(System.getenv("PGPASSWORD")))
            .withGenerator(new Generator().withDatabase(new Database().withInputSchema("blog"))
                .withTarget(new Target().withPackageName("generated").withDirectory(folder))));
        var file = Files.writeString(Path.of(folder, "Program.java"), PROGRAM);
        var said = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(said, null, null)) {
            var options = List.of("-sourcepath", folder, "-d", folder);
            return compiler.getTask(null, files, said, options, null, files.getJavaFileObjects(file)).call() ? "compiled"
                : said.getDiagnostics().getFirst().getMessage(null).lines().limit(2).map(String::strip)
                    .reduce((what, symbol) -> what + symbol.replace("symbol:  ", ":")).get();
        }
    }

    /** Runs the program as it was compiled; the SQL that it sent, or the SQLSTATE. */
    static String run(String folder, DSLContext jooq) throws Exception {
        System.out.println("run the " + folder + " program");
        try (var loader = new URLClassLoader(new URL[] {Path.of(folder).toUri().toURL()})) {
            var all = (org.jooq.Select<?>) loader.loadClass("Program").getMethod("all", DSLContext.class).invoke(null, jooq);
            all.fetch();
            return all.getSQL();
        } catch (DataAccessException e) {
            return e.sqlState();
        }
    }

    static void sql(DSLContext jooq, String sql) {
        jooq.execute(sql);
        System.out.println(sql);
    }

    static void check(String expected, String found) {
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected, not " + found);
        }
        System.out.println("  " + found);
    }
}

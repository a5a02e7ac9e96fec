package lab.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lab.Child;
import lab.Lab;
import lab.LabException;
import lab.OpenLab;
import lab.Progress;
import lab.Sql;
import lab.provider.Providers;
import lab.redis.Redis;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
class DockerTest {
    private static final int SECONDS_UNTIL_RYUK_CLEANS = 60;

    @Test
    @DisplayName("the lesson's database lets in owner and app, clones work, and pg_dump is the server's own")
    void works() throws Exception {
        try (var lab = Providers.open("docker", Progress.SILENT)) {
            var database = lab.lessonDatabase();
            Sql.execute(database.owner(), "create table notes (body text)");
            Sql.execute(database.app(), "insert into notes values ('written by the app')");
            var clone = lab.databases().clone(lab.databases().create("empty"));
            assertEquals("42501", assertThrows(SQLException.class, () -> Sql.execute(clone.app(), "create table mine (id bigint)")).getSQLState());
            assertTrue(pgDump(lab).contains("CREATE TABLE public.notes"));
        }
    }

    @Test
    @DisplayName("a closed lab leaves no container")
    void closed() {
        var before = Containers.now();
        try (var lab = Providers.open("docker", Progress.SILENT)) {
            assertFalse(before.newer().isEmpty(), lab.server().describe());
        }
        assertEquals(Set.of(), before.newer());
    }

    @Test
    @DisplayName("a killed run leaves no container for long")
    void killed() throws Exception {
        var before = Containers.now();
        try (var child = Child.start(OpenLab.class, Map.of(), "docker")) {
            child.line();
            assertFalse(before.newer().isEmpty());
            child.kill();
            child.exitCode();
        }
        for (int second = 0; !before.newer().isEmpty() && second < SECONDS_UNTIL_RYUK_CLEANS; second++) {
            Thread.sleep(1000);
        }
        assertEquals(Set.of(), before.newer());
    }

    @Test
    @DisplayName("a kept container serves the next run, which has databases of its own, until it is cleaned up")
    void kept(@TempDir Path cache) throws Exception {
        var before = Containers.now();
        var environment = Map.of("COURSE_KEEP", "1", "TESTCONTAINERS_REUSE_ENABLE", "true", "COURSE_CACHE", cache.toString());
        var runs = new ArrayList<String>();
        try {
            for (int i = 0; i < 2; i++) {
                runs.add(keptRun(environment));
            }
            assertNotEquals(runs.getFirst(), runs.getLast());
            assertEquals(withoutDatabase(runs.getFirst()), withoutDatabase(runs.getLast()));
            var unused = new DockerCleaning(DockerEngine.ofThisMachine()).unused();
            assertTrue(unused.stream().anyMatch(id -> before.newer().contains(id.substring(0, 12))), unused.toString());
        } finally {
            before.newer().forEach(Containers::remove);
        }
    }

    @Test
    @DisplayName("a kept container that somebody has removed is replaced, and so is one whose port another server has")
    void keptAndGone(@TempDir Path cache) throws Exception {
        var before = Containers.now();
        var environment = Map.of("COURSE_KEEP", "1", "TESTCONTAINERS_REUSE_ENABLE", "true", "COURSE_CACHE", cache.toString());
        try {
            keptRun(environment);
            before.newer().forEach(Containers::remove);
            keptRun(environment);
            var second = before.newer();
            assertEquals(1, second.size(), second.toString());
            forge(note(cache));
            keptRun(environment);
            assertEquals(second, before.newer());
            assertTrue(Files.readString(note(cache)).startsWith(second.iterator().next()), "the note names the container again");
        } finally {
            before.newer().forEach(Containers::remove);
        }
    }

    @Test
    @DisplayName("a database that is put back in a kept container leaves databases and roles of other runs alone")
    void keptAndReset(@TempDir Path cache) throws Exception {
        var before = Containers.now();
        var environment = Map.of("COURSE_KEEP", "1", "TESTCONTAINERS_REUSE_ENABLE", "true", "COURSE_CACHE", cache.toString());
        try {
            assertEquals("1 database, 1 role", keptRun(DockerResetLab.class, environment));
        } finally {
            before.newer().forEach(Containers::remove);
        }
    }

    private static String keptRun(Map<String, String> environment) throws Exception {
        return keptRun(DockerDescribeLab.class, environment);
    }

    private static String keptRun(Class<?> program, Map<String, String> environment) throws Exception {
        try (var child = Child.start(program, environment, "docker")) {
            var line = child.line();
            assertEquals(0, child.exitCode());
            return line;
        }
    }

    /** As if another cluster answered at the noted place, with the same password. */
    private static void forge(Path note) throws IOException {
        Files.writeString(note, String.join(" ", "0".repeat(12), Files.readString(note).split(" ")[1], "1"));
    }

    private static Path note(Path cache) throws IOException {
        try (var notes = Files.newDirectoryStream(cache.resolve("docker"), "kept-*.txt")) {
            return notes.iterator().next();
        }
    }

    private static String withoutDatabase(String described) {
        return described.replaceFirst("course_\\w+", "");
    }

    @Test
    @DisplayName("an image that cannot be had is named, with what to try")
    void noImage() {
        var said = new ArrayList<String>();
        var refused = assertThrows(LabException.class, () -> Providers.open("docker:localhost:1/nowhere:1", said::add));
        assertTrue(refused.getMessage().startsWith("the image localhost:1/nowhere:1 is not here and could not be pulled: "), refused.getMessage());
        assertEquals(List.of("fetching the image localhost:1/nowhere:1 (once)"), said);
    }

    @Test
    @DisplayName("an image without PostgreSQL is refused with its last output, and leaves no container")
    void noPostgres() {
        var before = Containers.now();
        var refused = assertThrows(LabException.class, () -> Providers.open("docker:" + DockerPgBouncer.IMAGE, Progress.SILENT));
        assertTrue(refused.getMessage().contains("initdb: command not found"), refused.getMessage());
        assertEquals(Set.of(), before.newer());
    }

    @Test
    @DisplayName("Redis comes in a container too, and statements are counted for whoever creates the extension")
    void redisAndStatements() throws Exception {
        try (var lab = Providers.open("docker", Progress.SILENT); var redis = Redis.beside(lab.server(), Progress.SILENT);
             var jedis = new redis.clients.jedis.Jedis(redis.uri()); var connection = lab.lessonDatabase().admin().connect();
             var statement = connection.createStatement()) {
            assertEquals("PONG", jedis.ping());
            statement.execute("create extension pg_stat_statements");
            assertTrue(statement.execute("select calls from pg_stat_statements limit 1"));
        }
    }

    @Test
    @DisplayName("with PgBouncer in transaction mode, three idle clients share one server connection")
    void pgBouncer() throws Exception {
        try (var lab = Providers.open("docker", Progress.SILENT);
             var pgBouncer = DockerPgBouncer.inFrontOf(lab.server(), lab.server().lessonDatabase(), Map.of("default_pool_size", "5"), Progress.SILENT);
             var one = pgBouncer.app().connect(); var two = pgBouncer.app().connect(); var three = pgBouncer.app().connect()) {
            assertEquals(backend(one), backend(two));
            assertEquals(backend(one), backend(three));
        }
    }

    private static String pgDump(Lab lab) throws Exception {
        var owner = lab.lessonDatabase().owner();
        var dump = new ProcessBuilder(lab.server().tools().command("pg_dump", List.of("--schema-only")))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
        dump.environment().putAll(Map.of("PGUSER", owner.user(), "PGPASSWORD", owner.password(), "PGDATABASE", lab.lessonDatabase().name()));
        return new String(dump.start().getInputStream().readAllBytes());
    }

    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}

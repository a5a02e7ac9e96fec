package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedTest {
    private static final long PATIENCE_MS = 30_000;

    @Test
    @DisplayName("the lesson's database lets in owner and app, and only the owner may create tables")
    void roles() throws Exception {
        try (var lab = Lab.open("embedded", Progress.SILENT)) {
            var database = lab.lessonDatabase();
            execute(database.owner(), "create table notes (id bigint primary key, body text)");
            execute(database.app(), "insert into notes values (1, 'written by the app')");
            var refused = assertThrows(SQLException.class, () -> execute(database.app(), "create table mine (id bigint)"));
            assertEquals("42501", refused.getSQLState());
        }
    }

    @Test
    @DisplayName("two labs at once have servers of their own")
    void twoAtOnce() throws Exception {
        try (var one = Lab.open("embedded", Progress.SILENT); var other = Lab.open("embedded", Progress.SILENT)) {
            execute(one.lessonDatabase().owner(), "create table only_here (id bigint)");
            assertNotEquals(one.server().admin().url(), other.server().admin().url());
            assertThrows(SQLException.class, () -> execute(other.lessonDatabase().owner(), "select * from only_here"));
        }
    }

    @Test
    @DisplayName("small databases can be kept in memory, large ones stay on the disk, and nothing of them is left")
    void memory() throws Exception {
        Path folder;
        try (var lab = Lab.open("embedded", Progress.SILENT)) {
            lab.databases().preferMemory();
            folder = lab.server().memory().orElseThrow();
            var small = lab.databases().template("ducks", database -> execute(database.owner(), "create table ducks (name text)"));
            var large = lab.databases().template("geese", database -> execute(database.owner(),
                "create table geese as select repeat('quack', 200) as said from generate_series(1, 70000)"));
            for (var each : Map.of(small, "course_memory", large, "pg_default").entrySet()) {
                var clone = lab.databases().clone(each.getKey());
                assertEquals(each.getValue(), value(clone.admin(),
                    "select spcname from pg_tablespace t join pg_database d on d.dattablespace = t.oid where datname = current_database()"));
            }
            assertTrue(Files.exists(folder));
        }
        assertFalse(Files.exists(folder.getParent()));
    }

    @Test
    @DisplayName("a clone has the rows of its template, and what is done to it stays in it")
    void clones() throws Exception {
        try (var lab = Lab.open("embedded", Progress.SILENT)) {
            var template = lab.databases().template("ducks",
                database -> execute(database.owner(), "create table ducks (name text); insert into ducks values ('Donald')"));
            var first = lab.databases().clone(template);
            execute(first.owner(), "delete from ducks");
            var second = lab.databases().clone(template);
            assertEquals("1", value(second.app(), "select count(*) from ducks"));
            lab.databases().drop(first);
            assertThrows(SQLException.class, () -> first.app().connect());
        }
    }

    @Test
    @DisplayName("closing a lab leaves neither a server nor its folder")
    void closed() throws Exception {
        Path data;
        try (var lab = Lab.open("embedded", Progress.SILENT)) {
            data = Path.of(value(lab.server().admin(), "select current_setting('data_directory')"));
            assertTrue(Files.exists(data));
        }
        assertFalse(Files.exists(data), data + " should be gone");
        assertEquals(0, serversOn(data));
    }

    @ParameterizedTest(name = "a JVM that ends by {0} leaves neither a server nor its folder")
    @ValueSource(strings = {"kill -9", "Ctrl-C", "an exception"})
    void nothingIsLeftBehind(String how) throws Exception {
        var ending = how.equals("an exception") ? "throw" : "wait";
        try (var child = Child.start(OpenLab.class, Map.of(), "embedded", ending)) {
            var data = Path.of(child.line());
            switch (how) {
                case "kill -9" -> child.kill();
                case "Ctrl-C" -> child.interrupt();
                default -> child.exitCode();
            }
            awaitTrue(data + " is gone", () -> !Files.exists(data));
            awaitTrue("no server runs on " + data, () -> serversOn(data) == 0);
        }
    }

    @Test
    @DisplayName("what the guard could not clean, the next start does")
    void orphans() throws Exception {
        try (var child = Child.start(OpenLab.class, Map.of(), "embedded", "wait")) {
            var data = Path.of(child.line());
            guardOf(data).destroyForcibly();
            child.kill();
            child.exitCode();
            assertTrue(serversOn(data) > 0, "the server should have lost its guard and still run");
            try (var next = Lab.open("embedded", Progress.SILENT)) {
                assertTrue(next.server().major() >= 15);
                awaitTrue("no server runs on " + data, () -> serversOn(data) == 0);
                assertFalse(Files.exists(data));
            }
        }
    }

    @Test
    @DisplayName("a damaged template is noticed and made again")
    void damagedTemplate() throws Exception {
        var cache = Files.createTempDirectory("course-cache-");
        Files.setPosixFilePermissions(cache, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            var environment = Map.of("COURSE_CACHE", cache.toString());
            Path first;
            try (var child = Child.start(OpenLab.class, environment, "local", "throw")) {
                first = Path.of(child.line());
                child.exitCode();
            }
            var store = first.getParent().getParent();
            awaitTrue("a spare is there or was never made", () -> !Files.exists(first));
            for (var entry : Folders.startingWith(store, "")) {
                var control = entry.resolve("data/global/pg_control");
                if (Files.exists(control)) {
                    Files.writeString(control, "damaged");
                }
            }
            try (var child = Child.start(OpenLab.class, environment, "local", "throw")) {
                assertTrue(child.line().startsWith(store.toString()));
            }
        } finally {
            Folders.delete(cache);
        }
    }

    @Test
    @DisplayName("passwords are in no message and in no text of a login")
    void secrets() {
        var login = new Login("jdbc:postgresql://127.0.0.1:1/postgres", "course_app", "secret");
        assertFalse(login.toString().contains("secret"));
        assertFalse(new Roles("secret", "secret").toString().contains("secret"));
        assertFalse(new Passwords("secret", new Roles("secret", "secret")).toString().contains("secret"));
    }

    private static long serversOn(Path data) {
        return ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains("-D " + data)
                && process.info().command().orElse("").endsWith("/postgres")).count();
    }

    private static ProcessHandle guardOf(Path data) {
        return ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains("course-guard " + data.getParent()))
            .findFirst().orElseThrow();
    }

    private static void awaitTrue(String what, Callable<Boolean> condition) throws Exception {
        var end = System.currentTimeMillis() + PATIENCE_MS;
        while (!condition.call()) {
            assertTrue(System.currentTimeMillis() < end, "not so after " + PATIENCE_MS + " ms: " + what);
            Thread.sleep(20);
        }
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement();
             var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}

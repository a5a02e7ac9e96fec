package lab.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import lab.Login;
import lab.Progress;
import lab.Roles;
import lab.Sql;
import lab.os.MemoryFolder;
import lab.os.Passwords;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EmbeddedTest {
    @Test
    @DisplayName("the lesson's database lets in owner and app, and only the owner may create tables")
    void roles() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            var database = lab.lessonDatabase();
            Sql.execute(database.owner(), "create table notes (id bigint primary key, body text)");
            Sql.execute(database.app(), "insert into notes values (1, 'written by the app')");
            var refused = assertThrows(SQLException.class, () -> Sql.execute(database.app(), "create table mine (id bigint)"));
            assertEquals("42501", refused.getSQLState());
        }
    }

    @Test
    @DisplayName("two labs at once have servers of their own")
    void twoAtOnce() throws Exception {
        try (var one = Providers.open("embedded", Progress.SILENT); var other = Providers.open("embedded", Progress.SILENT)) {
            Sql.execute(one.lessonDatabase().owner(), "create table only_here (id bigint)");
            assertNotEquals(one.server().admin().url(), other.server().admin().url());
            assertThrows(SQLException.class, () -> Sql.execute(other.lessonDatabase().owner(), "select * from only_here"));
        }
    }

    @Test
    @DisplayName("small databases can be kept in memory, large ones stay on the disk, and nothing of them is left")
    void memory() throws Exception {
        Path folder;
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            lab.databases().preferMemory();
            if (MemoryFolder.folder().isEmpty()) { // no Linux, or too little of it: then all stays on the disk
                assertTrue(lab.server().memory().isEmpty());
                return;
            }
            folder = lab.server().memory().orElseThrow();
            var small = lab.databases().template("ducks", database -> Sql.execute(database.owner(), "create table ducks (name text)"));
            var large = lab.databases().template("geese", database -> Sql.execute(database.owner(),
                "create table geese as select repeat('quack', 200) as said from generate_series(1, 70000)"));
            for (var each : Map.of(small, "course_memory", large, "pg_default").entrySet()) {
                var clone = lab.databases().clone(each.getKey());
                assertEquals(each.getValue(), Sql.value(clone.admin(),
                    "select spcname from pg_tablespace t join pg_database d on d.dattablespace = t.oid where datname = current_database()"));
            }
            assertTrue(Files.exists(folder));
        }
        assertFalse(Files.exists(folder.getParent()));
    }

    @Test
    @DisplayName("a clone has the rows of its template, and what is done to it stays in it")
    void clones() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            var template = lab.databases().template("ducks",
                database -> Sql.execute(database.owner(), "create table ducks (name text); insert into ducks values ('Donald')"));
            var first = lab.databases().clone(template);
            Sql.execute(first.owner(), "delete from ducks");
            var second = lab.databases().clone(template);
            assertEquals("1", Sql.value(second.app(), "select count(*) from ducks"));
            lab.databases().drop(first);
            assertThrows(SQLException.class, () -> first.app().connect());
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
}

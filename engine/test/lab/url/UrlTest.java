package lab.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lab.Child;
import lab.Lab;
import lab.LabException;
import lab.OpenLab;
import lab.Progress;
import lab.Sql;
import lab.os.RunMark;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An embedded server stands for one that somebody else runs. */
class UrlTest {
    private static Lab foreign;
    private static String untouched;

    @BeforeAll
    static void startServer() throws SQLException {
        foreign = Providers.open("embedded", Progress.SILENT);
        for (var statement : List.of("drop database course_lesson", "drop role course_app", "drop role course_owner",
                "create role reader login password 'r'", "create role teacher login createdb createrole password 't&t'")) {
            run(statement);
        }
        untouched = everything();
    }

    @AfterAll
    static void stopServer() {
        foreign.close();
    }

    @Test
    @DisplayName("a superuser and a role with createdb and createrole both get a database, and leave the server as it was")
    void leavesNothing() throws SQLException {
        for (var url : List.of(superuser(), url("teacher", "t%26t"), hosted("teacher", "t%26t"))) {
            try (var lab = Providers.open(url, Progress.SILENT)) {
                Sql.execute(lab.lessonDatabase().owner(), "create table notes (id bigint)");
                Sql.execute(lab.lessonDatabase().app(), "insert into notes values (1)");
                lab.databases().clone(lab.databases().create("empty"));
                assertNotEquals(untouched, everything());
            }
            assertEquals(untouched, everything());
        }
    }

    @Test
    @DisplayName("two runs at once have databases of their own, and the first to end takes nothing from the other")
    void twoAtOnce() throws SQLException {
        try (var one = Providers.open(superuser(), Progress.SILENT)) {
            try (var other = Providers.open(superuser(), Progress.SILENT)) {
                assertNotEquals(one.lessonDatabase().name(), other.lessonDatabase().name());
            }
            Sql.execute(one.lessonDatabase().owner(), "create table still_here (id bigint)");
            var refused = assertThrows(LabException.class, () -> Providers.open(url("teacher", "t%26t"), Progress.SILENT));
            assertTrue(refused.getMessage().contains("another administrator"), refused.getMessage());
        }
        assertEquals(untouched, everything());
    }

    @Test
    @DisplayName("what a killed run left is removed by the next, which says so")
    void killed() throws Exception {
        try (var child = Child.start(OpenLab.class, Map.of(), superuser())) {
            child.line();
            child.kill();
            child.exitCode();
        }
        assertNotEquals(untouched, everything());
        var said = new ArrayList<String>();
        Providers.open(superuser(), said::add).close();
        assertEquals(untouched, everything());
        assertTrue(said.getFirst().contains("which a run that was killed has left"), said.toString());
    }

    @Test
    @DisplayName("a role that may not create databases or roles learns the statement that lets it")
    void refusedRole() {
        var refused = assertThrows(LabException.class, () -> Providers.open(url("reader", "r"), Progress.SILENT));
        assertTrue(refused.getMessage().contains("`alter role reader createdb createrole`"), refused.getMessage());
    }

    @Test
    @DisplayName("a wrong password, a missing database and a server that does not answer are told apart, and no password is shown")
    void refusedUrl() {
        var port = foreign.server().admin().url().replaceAll(".*:(\\d+)/.*", "$1");
        var cases = Map.of(
            url("reader", "s3cret"), "refuses the role reader",
            "jdbc:postgresql://127.0.0.1:" + port + "/none?user=reader&password=r", "there is no database none",
            "jdbc:postgresql://127.0.0.1:1/postgres?user=reader&password=s3cret", "no PostgreSQL answers at 127.0.0.1:1/postgres",
            hosted("reader", "s3cret"), "refuses the role reader",
            "jdbc:postgresql:/127.0.0.1/x?password=s3cret", "is no URL of a PostgreSQL",
            "mysql://reader:s3cret@127.0.0.1/x", "is not one of auto, docker");
        cases.forEach((url, sentence) -> {
            var refused = assertThrows(LabException.class, () -> Providers.open(url, Progress.SILENT));
            assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
            assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
        });
    }

    @Test
    @DisplayName("somebody else's role of the same name is left alone")
    void foreignRole() throws SQLException {
        run("create role course_app");
        try {
            var refused = assertThrows(LabException.class, () -> Providers.open(superuser(), Progress.SILENT));
            assertTrue(refused.getMessage().contains("`alter role course_app rename to …`"), refused.getMessage());
        } finally {
            run("drop role course_app");
        }
        Providers.open(superuser(), Progress.SILENT).close();
        assertEquals(untouched, everything());
    }

    @Test
    @DisplayName("a run is over when its process is gone, or when it began elsewhere more than a day ago")
    void marks() {
        var mine = RunMark.ofThisRun();
        assertFalse(mine.isOver());
        assertEquals(mine, RunMark.parse(mine.toString()).orElseThrow());
        assertTrue(new RunMark(mine.host(), mine.pid(), mine.started().minusSeconds(5)).isOver(), "another process had this pid");
        assertFalse(new RunMark("elsewhere", 1, mine.started()).isOver());
        assertTrue(new RunMark("elsewhere", 1, mine.started().minusSeconds(100_000)).isOver());
        assertTrue(RunMark.parse("my own database").isEmpty());
    }

    private static String superuser() {
        var admin = foreign.server().admin();
        return url(admin.user(), admin.password());
    }

    private static String url(String user, String password) {
        return foreign.server().admin().url() + "?user=" + user + "&password=" + password;
    }

    /** As a service that hosts PostgreSQL shows it. */
    private static String hosted(String user, String password) {
        return foreign.server().admin().url().replaceFirst("jdbc:postgresql://", "postgres://" + user + ":" + password + "@") + "?sslmode=disable";
    }

    private static String everything() throws SQLException {
        return Sql.value(foreign.server().admin(), """
            select (select string_agg(datname, ' ' order by datname) from pg_database) || ' / '
                || (select string_agg(rolname, ' ' order by rolname) from pg_roles)""");
    }

    private static void run(String statement) throws SQLException {
        Sql.execute(foreign.server().admin(), statement);
    }
}

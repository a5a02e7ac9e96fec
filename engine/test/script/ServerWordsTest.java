package script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import lab.Login;
import lab.Progress;
import lab.provider.Providers;
import lesson.Home;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Words for what belongs to the whole server: its log, and roles. */
class ServerWordsTest {
    @Test
    @DisplayName("the log holds what the work caused, and nothing from before or after it")
    void log() throws Exception {
        try (var run = run()) {
            var owner = run.database().owner();
            fails(owner, "select 1 / 0 as earlier");
            var lines = Script.serverLog(() -> fails(owner, "select 1 / 0 as meanwhile")).orElseThrow();
            fails(owner, "select 1 / 0 as later");
            assertEquals(1, lines.stream().filter(line -> line.contains("ERROR:  division by zero")).count(), lines.toString());
            assertTrue(lines.stream().anyMatch(line -> line.contains("meanwhile")), lines.toString());
            assertTrue(lines.stream().noneMatch(line -> line.contains("earlier") || line.contains("later") || line.contains("mark ")), lines.toString());
            assertEquals(List.of(), Script.serverLog(() -> { }).orElseThrow());
        }
    }

    @Test
    @DisplayName("a role logs in, loses what it had when it is made again, and cannot be left behind")
    void roles() throws Exception {
        try (var run = run()) {
            var owner = run.database().owner();
            run.closing(() -> assertEquals(0L, Queries.<Long>value(owner, Long.class, "select count(*) from pg_roles where rolname ~ '_reader$'")));
            Queries.execute(owner, "create table shelves (id int)");
            var first = Script.newRole("reader");
            Queries.execute(owner, "grant select on shelves to " + first.user());
            Queries.execute(first, "select * from shelves");
            var second = Script.newRole("reader");
            assertEquals("course_lesson_reader", second.user());
            fails(second, "select * from shelves");
            Queries.execute(owner, "grant select on shelves to " + second.user());
        }
    }

    private static LessonRun run() {
        var lab = Providers.open("embedded", Progress.SILENT);
        return new LessonRun(Home.here().lesson("02"), lab, new Transcript(Progress.SILENT));
    }

    private static void fails(Login login, String sql) {
        assertThrows(SQLException.class, () -> Queries.execute(login, sql));
    }
}

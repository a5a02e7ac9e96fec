package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import lab.Lab;
import lab.LabException;
import lab.Progress;
import lab.Sql;
import lab.provider.Providers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session that vacuums beside a lesson")
class VacuumLoopTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    @DisplayName("tidies each table but those for which autovacuum is off")
    void tidies() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            var owner = lab.lessonDatabase().owner();
            Sql.execute(owner, "create table often (id bigint)");
            Sql.execute(owner, "create table never (id bigint) with (autovacuum_enabled = off)");
            try (var loop = new VacuumLoop(lab.lessonDatabase())) {
                await(lab, "select least(vacuum_count, analyze_count) > 1 from pg_stat_user_tables where relname = 'often'");
            }
            assertEquals("0", Sql.value(owner, "select vacuum_count + analyze_count from pg_stat_user_tables where relname = 'never'"));
        }
    }

    @Test
    @DisplayName("says in the end that it was not there all the time")
    void ended() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            var loop = new VacuumLoop(lab.lessonDatabase());
            assertEquals("t", Sql.value(lab.server().admin(),
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'vacuum loop'"));
            var thrown = assertThrows(LabException.class, loop::close);
            assertTrue(thrown.getMessage().contains("ended"), thrown.getMessage());
        }
    }

    private static void await(Lab lab, String condition) throws Exception {
        var late = Instant.now().plus(TIMEOUT);
        while (!"t".equals(Sql.value(lab.lessonDatabase().owner(), condition))) {
            assertTrue(Instant.now().isBefore(late), "not within " + TIMEOUT.toSeconds() + " s: " + condition);
            Thread.sleep(100);
        }
    }
}

package kernel.sql;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kernel.cell.CellResult;
import kernel.cell.CellVariables;
import lab.Database;
import lab.Role;
import lab.os.Signals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Connections that are gone, and the server with them. */
class LossTest extends LessonCells {
    @Test void aSessionThatTheServerEndsIsSaidToBeLostAndOpensAgain() {
        assertInstanceOf(CellResult.Lost.class, runAs(Role.ADMIN, "A", "select pg_terminate_backend(pg_backend_pid())"));
        assertInstanceOf(CellResult.Done.class, runAs(Role.ADMIN, "A", "select 1"));
    }

    @Test void aSessionThatWasLostBetweenTwoCellsOpensAgainAndSaysSo() {
        runAs(Role.APP, "A", "select 1");
        var pid = kernel.sessions().getFirst().pid();
        runAs(Role.ADMIN, "", "select pg_terminate_backend(" + pid + ", 5000)");
        assertInstanceOf(CellResult.Done.class, runAs(Role.APP, "A", "select 2"));
        assertTrue(seen.printed.toString().contains("had closed session A (app)"), seen.printed.toString());
    }

    @Test @DisabledOnOs(OS.WINDOWS) void aKernelClosesThoughTheSessionOfACellIsFrozen() throws Exception {
        var other = new SqlKernel(lab.lessonDatabase(), CellVariables.NONE);
        var waiting = CompletableFuture.supplyAsync(() -> other.run(cell("select pg_sleep(603)"), seen), Thread.ofVirtual()::start);
        awaitActive("pg_sleep(603)");
        var frozen = List.of((long) other.sessions().getFirst().pid());
        Signals.send("STOP", frozen);
        try {
            CompletableFuture.runAsync(other::close, Thread.ofVirtual()::start).get(30, TimeUnit.SECONDS);
            assertInstanceOf(CellResult.Lost.class, waiting.get(10, TimeUnit.SECONDS));
        } finally {
            Signals.send("CONT", frozen);
        }
    }

    @Test void aServerThatIsGoneIsSaidAndNothingHangs() {
        var elsewhere = new Database("gone", lab.lessonDatabase().admin().on("gone"), lab.lessonDatabase().owner().on("gone"), lab.lessonDatabase().app().on("gone"));
        try (var other = new SqlKernel(elsewhere, CellVariables.NONE)) {
            var ending = assertInstanceOf(CellResult.Lost.class, other.run(cell("select 1"), seen));
            assertTrue(ending.why().contains("Reset the database"), ending.why());
            assertEquals(List.of(), other.sessions());
        }
    }
}

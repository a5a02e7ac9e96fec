package kernel.sql;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kernel.cell.CellResult;
import kernel.output.Output;
import lab.Role;
import org.junit.jupiter.api.Test;

/** Cells that run until somebody stops them. */
class StopTest extends LessonCells {
    @Test void aSleepAndALockWaitAreStoppedAndTheNextCellRuns() throws Exception {
        runAs(Role.OWNER, "A", "create table locked (id int); begin; lock table locked");
        var sleeping = start(Role.APP, "", "select pg_sleep(600); select 'never'");
        var waiting = start(Role.OWNER, "B", "select * from locked");
        awaitActive("pg_sleep(600)");
        awaitActive("select * from locked");
        kernel.cancel("");
        assertStopped(sleeping);
        kernel.cancel("B");
        assertStopped(waiting);
        assertEquals(List.of(), seen.outputs.stream().filter(Output.Failure.class::isInstance).toList());
        runAs(Role.OWNER, "A", "rollback; drop table locked");
        assertInstanceOf(CellResult.Done.class, run("select 1"));
    }

    @Test void cancelAllReachesAConnectionThatIsNotOurs() throws Exception {
        var elsewhere = CompletableFuture.supplyAsync(() -> {
            try (var connection = lab.lessonDatabase().app().connect(); var statement = connection.createStatement()) {
                return statement.execute("select pg_sleep(601)") ? "ran" : "";
            } catch (SQLException e) {
                return e.getSQLState();
            }
        }, Thread.ofVirtual()::start);
        awaitActive("pg_sleep(601)");
        kernel.cancelAll();
        assertEquals("57014", elsewhere.get(TIMEOUT_S, TimeUnit.SECONDS));
    }

    @Test void aTimeoutOfTheServerIsAFailureAndNoStop() {
        assertInstanceOf(CellResult.Failed.class, run("set statement_timeout = 50; select pg_sleep(600)"));
        assertEquals("57014", seen.failure().sqlState());
    }

    @Test void noticesComeWhileTheStatementRunsAndAFloodOfThemIsCut() throws Exception {
        var running = start(Role.APP, "", "do $$ begin raise notice 'begun'; perform pg_sleep(600); end $$");
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (seen.outputs.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertEquals(List.of(new Output.Log("server", List.of("NOTICE: begun"))), seen.outputs);
        kernel.cancel("", Role.APP);
        assertStopped(running);
        run("do $$ begin for n in 1..5000 loop raise notice 'again'; end loop; end $$");
        assertEquals(1 + 100 + 1, seen.outputs.size());
        assertTrue(seen.outputs.getLast().toString().contains("only the first 100"), seen.outputs.getLast().toString());
    }

    private CompletableFuture<CellResult> start(Role role, String session, String source) {
        return CompletableFuture.supplyAsync(() -> runAs(role, session, source), Thread.ofVirtual()::start);
    }

    private static void assertStopped(CompletableFuture<CellResult> running) throws Exception {
        assertInstanceOf(CellResult.Stopped.class, running.get(TIMEOUT_S, TimeUnit.SECONDS));
    }
}

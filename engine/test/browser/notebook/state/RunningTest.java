package browser.notebook.state;

import static browser.notebook.state.PlayedNotebook.DONE;
import static browser.notebook.state.PlayedNotebook.FAILED;
import static browser.notebook.state.PlayedNotebook.STOPPED;
import static browser.notebook.state.PlayedNotebook.begun;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import browser.http.Refusal;
import browser.runtime.Need;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kernel.cell.Cell;
import kernel.cell.Cell.Language;
import kernel.sql.SessionState;
import lab.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Cells that have their turn")
class RunningTest {
    private final PlayedNotebook played = PlayedNotebook.ready();

    @Test @DisplayName("run one after the other, and what they run on is started once")
    void order() {
        var cold = new PlayedNotebook();
        assertEquals(List.of("price"), begun(cold.run("price", "shop")));
        assertEquals(CellStatus.QUEUED, cold.status("shop"));
        cold.run("total");
        assertEquals(1, cold.effects.stream().filter(Effect.Start.class::isInstance).count());
        cold.ends("price", DONE);
        cold.ends("shop", DONE);
        cold.ends("total", DONE);
        assertTrue(cold.state.isIdle() && cold.state.hasRun());
    }

    @Test @DisplayName("are not run after one that fails, but those that were asked for by themselves are")
    void failure() {
        played.run("price", "shop", "twice");
        played.run("total");
        played.ends("price", FAILED);
        assertEquals(CellStatus.FAILED, played.status("price"));
        assertEquals(CellStatus.IDLE, played.status("shop"));
        assertEquals(CellStatus.IDLE, played.status("twice"));
        assertEquals(CellStatus.RUNNING, played.status("total"));
    }

    @Test @DisplayName("say which cells they need, until they run again, and of no run but their last")
    void explained() {
        var need = new Need(Need.Reason.NAMES, List.of("price"), List.of("price"), List.of("price"));
        played.run("total");
        played.ends("total", FAILED);
        var run = played.runOf("total");
        played.after(new RuntimeEvent.Explained(run, need));
        assertEquals(Optional.of(need), played.state.cell("total").run().need());
        played.run("total");
        assertEquals(Optional.empty(), played.state.cell("total").run().need());
        played.after(new RuntimeEvent.Explained(run, need));
        played.ends("total", DONE);
        played.after(new RuntimeEvent.Explained(played.runOf("total"), need));
        assertEquals(Optional.empty(), played.state.cell("total").run().need());
    }

    @Test @DisplayName("wait for each other in two sessions of one name only where they have one role")
    void sessions() {
        var queues = List.of(Role.APP, Role.OWNER, Role.APP).stream().map(role -> new Cell("x", Language.SQL, "select 1", role, "B", ""))
            .map(cell -> CellQueues.NONE.nameFor(cell, List.of())).distinct().count();
        assertEquals(2, queues);
    }

    @Test @DisplayName("begin only when it is known what the end of the one before means")
    void settling() {
        played.run("price", "total");
        played.after(new RuntimeEvent.Ended(1, DONE, 7, Instant.EPOCH, true, List.of()));
        assertEquals(CellStatus.DONE, played.status("price"));
        assertEquals(CellStatus.QUEUED, played.status("total"));
        assertEquals(List.of("total"), begun(played.after(new RuntimeEvent.Settled(1, DONE, PlayedNotebook.NO_NAMES, false, true))));
    }

    @Test @DisplayName("are as they were before, where they are stopped while they wait")
    void stop() {
        played.run("shop");
        played.ends("shop", DONE);
        played.run("price", "shop", "twice");
        var effects = played.after(new PageCommand.Stop());
        assertTrue(effects.contains(new Effect.StopCells(0)));
        assertEquals(KernelStatus.Kind.STOPPING, played.state.runtime().kernel().status());
        assertEquals(CellStatus.DONE, played.status("shop"));
        assertEquals(CellStatus.IDLE, played.status("twice"));
        played.ends("price", STOPPED);
        assertEquals(CellStatus.STOPPED, played.status("price"));
        assertTrue(played.state.isIdle());
    }

    @Test @DisplayName("begin only when a stop is over, which would stop them too")
    void afterStop() {
        played.run("shop");
        played.after(new PageCommand.Stop());
        played.after(new PageCommand.Stop());
        played.ends("shop", STOPPED);
        assertEquals(List.of(), begun(played.run("twice")));
        assertEquals(List.of(), begun(played.after(new RuntimeEvent.StopOver(0))));
        assertEquals(List.of("twice"), begun(played.after(new RuntimeEvent.StopOver(0))));
    }

    @Test @DisplayName("begin on a fresh database, whatever is still being stopped on the one before")
    void freshAfterStop() {
        played.run("shop");
        played.after(new PageCommand.Stop());
        played.after(new PageCommand.Reset(false));
        played.after(new RuntimeEvent.Renewed(1));
        assertEquals(List.of("twice"), begun(played.run("twice")));
        var before = played.state;
        played.after(new RuntimeEvent.StopOver(0));
        assertSame(before, played.state);
    }

    @Test @DisplayName("run beside each other where their sessions have names")
    void sessionsOfTwoRoles() {
        var a = played.scratch(Language.SQL, "A");
        var b = played.scratch(Language.SQL, "B");
        assertEquals(List.of(a), begun(played.run(a)));
        assertEquals(List.of(b), begun(played.run(b)));
        assertEquals(List.of("shop"), begun(played.run("shop")));
    }

    @Test @DisplayName("wait for a session that was asked for before them, unless that has run for a while: then it waits for them")
    void blockedSession() {
        var a = played.scratch(Language.SQL, "A");
        var b = played.scratch(Language.SQL, "B");
        var effects = played.run(a, b, "shop");
        assertEquals(List.of(a), begun(effects));
        assertTrue(effects.stream().anyMatch(Effect.Remind.class::isInstance), effects.toString());
        assertEquals(List.of(b), begun(played.after(new RuntimeEvent.StillRunning(played.runOf(a)))));
        played.ends(a, FAILED);
        played.ends(b, FAILED);
        assertEquals(CellStatus.IDLE, played.status("shop"), "it followed one that failed");
    }

    @Test @DisplayName("of a session wait for those of the lesson to their end")
    void sessionAfterLesson() {
        var a = played.scratch(Language.SQL, "A");
        var effects = played.run("shop", a);
        assertTrue(effects.stream().noneMatch(Effect.Remind.class::isInstance), effects.toString());
        assertEquals(List.of(), begun(played.after(new RuntimeEvent.StillRunning(played.runOf("shop")))));
        played.ends("shop", DONE);
        assertEquals(CellStatus.RUNNING, played.status(a));
    }

    @Test @DisplayName("that end a transaction run beside the Java that waits for it, and no others do")
    void besideJava() {
        played.run("shop");
        played.ends("shop", DONE, true, List.of(new SessionState("", Role.APP, 7, SessionState.Transaction.OPEN, false)));
        played.run("price");
        assertEquals(List.of("twice"), begun(played.run("twice")));
        played.ends("twice", DONE, true, List.of(new SessionState("", Role.APP, 7, SessionState.Transaction.IDLE, false)));
        assertEquals(List.of(), begun(played.run("shop")));
    }

    @Test @DisplayName("are left out where they run or wait already, and run again as soon as they have ended")
    void twice() {
        played.run("price", "shop");
        assertEquals(List.of(), played.run("price", "shop"));
        played.after(new RuntimeEvent.Ended(1, DONE, 7, Instant.EPOCH, true, List.of()));
        played.run("price");
        assertEquals(CellStatus.QUEUED, played.status("price"));
    }

    @Test @DisplayName("change nothing where one of them is not there")
    void unknown() {
        var before = played.state;
        assertThrows(Refusal.class, () -> played.run("price", "prize"));
        assertSame(before, played.state);
    }

    @Test @DisplayName("are heard after their end, because their threads may go on, until they run again or their database is gone")
    void threadsGoOn() {
        played.run("price");
        played.ends("price", DONE);
        played.after(new RuntimeEvent.Printed(1, "out", "late"));
        assertEquals(1, played.state.cell("price").run().outputs().count());
        played.run("price");
        played.after(new RuntimeEvent.Printed(1, "out", "too late"));
        assertEquals(0, played.state.cell("price").run().outputs().count());
        played.after(new PageCommand.Reset(true));
        played.after(new RuntimeEvent.Printed(2, "out", "too late"));
        assertEquals(0, played.state.cell("price").run().outputs().count());
    }

    @Test @DisplayName("do not end twice")
    void endsOnce() {
        played.run("price");
        played.ends("price", DONE);
        var before = played.state;
        played.after(new RuntimeEvent.StillRunning(1));
        played.after(new RuntimeEvent.Ended(1, FAILED, 7, Instant.EPOCH, true, List.of()));
        played.after(new RuntimeEvent.Settled(1, FAILED, PlayedNotebook.NO_NAMES, false, true));
        assertSame(before, played.state);
    }

    @Test @DisplayName("are taken back or stopped when the notebook closes, and nothing is begun after that")
    void close() {
        played.run("price", "shop");
        assertTrue(played.after(new PageCommand.Close()).contains(new Effect.Close()));
        assertEquals(CellStatus.IDLE, played.status("shop"));
        assertEquals(List.of(), played.after(new PageCommand.Close()));
        assertThrows(Refusal.class, () -> played.run("shop"));
        played.ends("price", STOPPED, false, List.of());
        assertTrue(played.state.isIdle());
        assertTrue(played.effects.stream().noneMatch(Effect.Renew.class::isInstance));
    }
}

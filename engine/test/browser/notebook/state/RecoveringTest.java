package browser.notebook.state;

import static browser.notebook.state.PlayedNotebook.DONE;
import static browser.notebook.state.PlayedNotebook.FAILED;
import static browser.notebook.state.PlayedNotebook.LOST;
import static browser.notebook.state.PlayedNotebook.STOPPED;
import static browser.notebook.state.PlayedNotebook.begun;
import static browser.notebook.state.PlayedNotebook.notices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import browser.http.Refusal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fresh database and fresh kernels")
class RecoveringTest {
    private final PlayedNotebook played = PlayedNotebook.ready();

    @Test @DisplayName("make every cell as if never run, keep every text, and take nothing of the database before")
    void reset() {
        played.run("price", "shop");
        played.ends("price", DONE);
        played.after(new PageCommand.Edit("price", "var price = 1;", ""));
        assertTrue(played.after(new PageCommand.Reset(false)).contains(new Effect.Renew(1)));
        assertEquals(CellStatus.LOST, played.status("shop"), "it was running");
        assertThrows(Refusal.class, () -> played.run("total"));
        assertThrows(Refusal.class, () -> played.after(new PageCommand.Reset(true)));
        var before = played.state;
        played.after(new RuntimeEvent.Ended(2, DONE, 7, Instant.EPOCH, true, List.of()));
        played.after(new RuntimeEvent.DatabaseReady(0, "old"));
        played.after(new RuntimeEvent.KernelFailed(0, "old"));
        played.after(new RuntimeEvent.Renewed(0));
        played.after(new RuntimeEvent.HealthChecked(0, true, true, false, ""));
        assertSame(before, played.state);
        assertTrue(played.after(new RuntimeEvent.Renewed(1)).contains(new Effect.StartKernels(1)));
        assertTrue(played.state.isIdle() && !played.state.hasRun());
        assertEquals("var price = 1;", played.state.cell("price").code().source());
    }

    @Test @DisplayName("run the finished cells again, in their order and as they ran, where Java has died")
    void replay() {
        played.run("shop");
        played.ends("shop", DONE);
        played.run("price");
        played.ends("price", DONE);
        played.run("twice");
        played.ends("twice", FAILED);
        played.run("shop");
        played.ends("shop", DONE);
        played.after(new PageCommand.Edit("price", "another text", ""));
        played.run("total");
        played.ends("total", LOST, false, List.of());
        assertTrue(played.effects.contains(new Effect.Renew(1)));
        var effects = played.after(new RuntimeEvent.Renewed(1));
        assertEquals(List.of("shop"), begun(effects));
        played.after(new RuntimeEvent.KernelReady(1));
        played.ends("shop", DONE);
        assertEquals(KernelStatus.Kind.REPLAYING, played.state.runtime().kernel().status());
        assertEquals("text of price", ((Effect.RunCell) played.effects.stream().filter(Effect.RunCell.class::isInstance).toList().getLast()).cell().source());
        played.ends("price", DONE);
        assertEquals(KernelStatus.Kind.READY, played.state.runtime().kernel().status());
        assertEquals("its code has changed since it ran", played.stale("price"));
        assertEquals(CellStatus.FAILED, played.status("twice"), "only what had finished ran again");
        assertTrue(played.state.isIdle());
    }

    @Test @DisplayName("are not made again and again, where Java dies in the replay, whether of the first cell or the last")
    void diesInReplay() {
        for (var cells : List.of(List.of("price", "total"), List.of("price"))) {
            var mine = PlayedNotebook.ready();
            mine.run(cells.toArray(String[]::new));
            cells.forEach(cell -> mine.ends(cell, DONE));
            mine.after(new PageCommand.Reset(true));
            mine.after(new RuntimeEvent.Renewed(1));
            mine.after(new RuntimeEvent.KernelReady(1));
            mine.ends("price", LOST, false, List.of());
            assertEquals(1, mine.effects.stream().filter(Effect.Renew.class::isInstance).count());
            assertEquals(KernelStatus.Kind.DEAD, mine.state.runtime().kernel().status());
            assertEquals(Notice.TRY_AGAIN, mine.state.runtime().problems().getFirst().action().orElseThrow());
            assertTrue(mine.state.isIdle());
        }
    }

    @Test @DisplayName("say that not all was run again, where somebody stops it, and run later what is written then")
    void stoppedReplay() {
        played.run("price", "total");
        played.ends("price", DONE);
        played.ends("total", DONE);
        played.after(new PageCommand.Reset(true));
        played.after(new RuntimeEvent.Renewed(1));
        assertEquals(List.of("Not all of the finished cells ran to their end again."), notices(played.after(new PageCommand.Stop())));
        played.ends("price", STOPPED);
        played.after(new RuntimeEvent.StopOver(1));
        played.after(new PageCommand.Edit("total", "new text", ""));
        var begun = played.run("total").stream().filter(Effect.RunCell.class::isInstance).map(Effect.RunCell.class::cast).findFirst().orElseThrow();
        assertEquals("new text", begun.cell().source());
    }

    @Test @DisplayName("are no reason to call a cell lost that somebody has stopped")
    void stopThatKills() {
        played.run("price");
        played.after(new PageCommand.Stop());
        played.after(new PageCommand.Reset(false));
        assertEquals(CellStatus.STOPPED, played.status("price"));
    }

    @Test @DisplayName("take over no cell that was removed meanwhile")
    void removed() {
        var mine = played.scratch(kernel.cell.Cell.Language.SQL, "");
        played.run(mine);
        played.ends(mine, DONE);
        played.after(new PageCommand.Reset(true));
        played.after(new PageCommand.Remove(mine));
        assertEquals(List.of(), begun(played.after(new RuntimeEvent.Renewed(1))));
        assertTrue(played.state.isIdle());
    }
}

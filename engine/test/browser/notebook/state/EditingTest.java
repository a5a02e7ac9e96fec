package browser.notebook.state;

import static browser.notebook.state.PlayedNotebook.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import browser.http.Events;
import browser.http.Refusal;
import browser.runtime.CellNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kernel.cell.Cell.Language;
import lab.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is written in a notebook")
class EditingTest {
    private final PlayedNotebook played = PlayedNotebook.ready();

    @Test @DisplayName("is kept before anybody is told, and not again where it is the same")
    void keeps() {
        var effects = played.after(new PageCommand.Save("price", "one", 0, "w"));
        assertInstanceOf(Effect.Keep.class, effects.getFirst());
        assertEquals(new Effect.Tell(new WindowMessage.Edited("price", "one", 1, "w")), effects.get(1));
        assertEquals(List.of(), played.after(new PageCommand.Save("price", "one", 0, "v")));
        assertEquals(1, played.state.cell("price").code().rev());
    }

    @Test @DisplayName("is refused, with the other text, where another window has written meanwhile")
    void twoWindows() {
        played.after(new PageCommand.Save("price", "one", 0, "a"));
        var before = played.state;
        var refused = assertThrows(Refusal.class, () -> played.after(new PageCommand.Save("price", "two", 0, "b")));
        assertEquals(409, refused.status());
        assertEquals(new Editing.Meanwhile("one", 1), refused.body().details());
        assertSame(before, played.state);
        played.after(new PageCommand.Save("price", "two", 1, "b"));
        assertEquals("two", played.state.cell("price").code().source());
    }

    @Test @DisplayName("stands where it was put, under a name that is given once")
    void scratch() {
        var first = played.scratch(Language.SQL, "");
        var second = played.scratch(Language.SQL, "A");
        assertEquals(List.of("price", "total", "shop", "twice", second, first), played.state.cells().all().stream().map(CellState::id).toList());
        played.after(new PageCommand.Remove(second));
        assertEquals("scratch-3", played.scratch(Language.JAVA, ""));
        played.after(new PageCommand.Change(first, Optional.of(Language.JAVA), Optional.empty(), Optional.of("B")));
        var code = played.state.cell(first).code();
        assertEquals(List.of(Language.JAVA, Role.APP, "B", 1), List.of(code.language(), code.role(), code.session(), code.rev()));
    }

    @Test @DisplayName("is not removed or made another kind of cell while it runs, nor ever where it is the lesson's")
    void refusals() {
        var mine = played.scratch(Language.SQL, "");
        played.run("price", mine);
        assertEquals(409, assertThrows(Refusal.class, () -> played.after(new PageCommand.Remove(mine))).status());
        assertEquals(400, assertThrows(Refusal.class, () -> played.after(new PageCommand.Remove("total"))).status());
        assertEquals(404, assertThrows(Refusal.class, () -> played.after(new PageCommand.Restore("nothing"))).status());
    }

    @Test @DisplayName("makes stale what ran with another text, what used its names, and nothing else; the lesson's own text makes it fresh")
    void stale() {
        played.run("price", "total", "shop");
        played.ends("price", new CellNames(Set.of("price"), Set.of()));
        played.ends("total", new CellNames(Set.of("total"), Set.of("price")));
        played.ends("shop", DONE);
        played.after(new PageCommand.Edit("price", "another", ""));
        assertEquals("its code has changed since it ran", played.stale("price"));
        assertEquals("`price` comes from cell price, which is stale", played.stale("total"));
        assertEquals("", played.stale("shop"));
        played.after(new PageCommand.Restore("price"));
        assertEquals("", played.stale("total"));
        played.run("price");
        played.ends("price", new CellNames(Set.of("price"), Set.of()));
        assertEquals("`price` changed in cell price", played.stale("total"));
    }

    @Test @DisplayName("is stale still, where a run was asked for and taken back")
    void staleAfterStop() {
        played.run("price", "shop");
        played.ends("price", DONE);
        played.ends("shop", DONE);
        played.after(new PageCommand.Edit("shop", "another", ""));
        played.run("price", "shop");
        played.after(new PageCommand.Edit("shop", "yet another", ""));
        played.after(new PageCommand.Stop());
        assertEquals("its code has changed since it ran", played.stale("shop"));
    }

    @Test @DisplayName("was damaged: the first window hears of it, the second does not")
    void warning() {
        played.state = NotebookState.opened(List.of(), 0, List.of(), Optional.of("it is damaged"));
        assertEquals(List.of("it is damaged"), PlayedNotebook.notices(played.after(new PageCommand.OpenWindow(new Events.Window("a"), ""))));
        assertEquals(List.of(), PlayedNotebook.notices(played.after(new PageCommand.OpenWindow(new Events.Window("b"), ""))));
    }
}

package browser.notebook.state;

import browser.runtime.CellNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kernel.cell.Cell;
import kernel.cell.CellResult;
import kernel.sql.SessionState;
import lab.Role;

/** A notebook without threads: events go in, and what it wants done is kept for the test, which says how that went. */
final class PlayedNotebook {
    static final CellResult DONE = new CellResult.Done();
    static final CellResult FAILED = new CellResult.Failed(1);
    static final CellResult STOPPED = new CellResult.Stopped();
    static final CellResult LOST = new CellResult.Lost("it is gone");
    static final CellNames NO_NAMES = new CellNames(Set.of(), Set.of());
    final List<Effect> effects = new ArrayList<>();
    NotebookState state = NotebookState.opened(List.of(cell("price", Cell.Language.JAVA, ""), cell("total", Cell.Language.JAVA, ""),
        cell("shop", Cell.Language.SQL, ""), cell("twice", Cell.Language.SQL, "")), 0, List.of(), Optional.empty());

    static Cell cell(String id, Cell.Language language, String session) {
        return new Cell(id, language, "text of " + id, Role.APP, session, "");
    }

    /** One whose server and kernels are ready. */
    static PlayedNotebook ready() {
        var played = new PlayedNotebook();
        played.after(new PageCommand.Open());
        played.after(new RuntimeEvent.DatabaseReady(0, "PostgreSQL 18"));
        played.after(new RuntimeEvent.KernelReady(0));
        return played;
    }

    /** @return what is to be done because of this event */
    List<Effect> after(NotebookEvent event) {
        var next = Transition.of(state, event);
        state = next.state();
        effects.addAll(next.effects());
        return next.effects();
    }

    List<Effect> run(String... cells) {
        return after(new PageCommand.Run(List.of(cells)));
    }

    String scratch(Cell.Language language, String session) {
        after(new PageCommand.Add("twice", language, Role.APP, session, "text"));
        return state.cells().newest();
    }

    /** The number of the run that a cell has now, or had last. */
    int runOf(String cell) {
        return state.cell(cell).run().number();
    }

    void ends(String cell, CellResult result) {
        ends(cell, result, true, state.runtime().sessions());
    }

    void ends(String cell, CellResult result, boolean isJavaAlive, List<SessionState> sessions) {
        after(new RuntimeEvent.Ended(runOf(cell), result, 7, Instant.EPOCH, isJavaAlive, sessions));
        after(new RuntimeEvent.Settled(runOf(cell), result, NO_NAMES, false, isJavaAlive));
    }

    void ends(String cell, CellNames names) {
        after(new RuntimeEvent.Ended(runOf(cell), DONE, 7, Instant.EPOCH, true, state.runtime().sessions()));
        after(new RuntimeEvent.Settled(runOf(cell), DONE, names, false, true));
    }

    CellStatus status(String cell) {
        return state.cell(cell).run().status();
    }

    String stale(String cell) {
        return state.cell(cell).run().stale();
    }

    /** The cells that were begun because of an event. */
    static List<String> begun(List<Effect> effects) {
        return effects.stream().filter(Effect.RunCell.class::isInstance).map(effect -> ((Effect.RunCell) effect).cell().id()).toList();
    }

    static List<String> notices(List<Effect> effects) {
        return effects.stream().filter(effect -> effect instanceof Effect.Tell(WindowMessage.Noticed noticed)).map(effect ->
            ((WindowMessage.Noticed) ((Effect.Tell) effect).message()).notice().text()).toList();
    }
}

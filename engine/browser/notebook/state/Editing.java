package browser.notebook.state;

import browser.http.Refusal;
import kernel.cell.Cell;

/** What somebody writes in a notebook: written to the file at once, and told to every window. */
final class Editing {
    private Editing() { }

    /** The text that another window has saved, for the page. */
    record Meanwhile(String source, int rev) { }

    static void save(Draft draft, PageCommand.Save save) {
        var code = draft.state().cell(save.cell()).code();
        if (!code.source().equals(save.source()) && save.known() != code.rev()) {
            throw new Refusal(409, "another window has changed this cell meanwhile", new Meanwhile(code.source(), code.rev()));
        }
        edit(draft, new PageCommand.Edit(save.cell(), save.source(), save.by()));
    }

    static void edit(Draft draft, PageCommand.Edit edit) {
        var cell = draft.state().cell(edit.cell());
        if (!cell.code().source().equals(edit.source())) {
            var rev = draft.state().rev() + 1;
            draft.put(cell.with(cell.code().with(edit.source(), rev)));
            keep(draft, new WindowMessage.Edited(edit.cell(), edit.source(), rev, edit.by()));
        }
    }

    static void restore(Draft draft, PageCommand.Restore restore) {
        edit(draft, new PageCommand.Edit(restore.cell(), draft.state().cell(restore.cell()).code().original(), ""));
    }

    static void add(Draft draft, PageCommand.Add add) {
        var named = draft.state().cells().named();
        var id = named.newest();
        var cell = new Cell(id, add.language(), add.source(), add.role(), add.session(), "");
        draft.become(draft.state().with(named.add(add.after(), CellCode.ofLearner(cell, draft.state().rev() + 1))));
        keep(draft, new WindowMessage.Added(draft.state().view(id)));
    }

    static void change(Draft draft, PageCommand.Change change) {
        var cell = draft.state().cell(change.cell());
        requireOwn(cell, "language, role and session can be changed in cells of your own");
        var code = cell.code();
        draft.put(cell.with(code.with(change.language().orElse(code.language()), change.role().orElse(code.role()), change.session().orElse(code.session()))));
        keep(draft, new WindowMessage.Added(draft.state().view(change.cell())));
    }

    static void remove(Draft draft, PageCommand.Remove remove) {
        var state = draft.state();
        requireOwn(state.cell(remove.cell()), "only cells of your own can be removed");
        draft.become(state.with(state.cells().remove(remove.cell())).with(state.staleness().forget(remove.cell()))
            .finished(state.finished().stream().filter(cell -> !cell.id().equals(remove.cell())).toList()));
        keep(draft, new WindowMessage.Removed(remove.cell()));
    }

    private static void requireOwn(CellState cell, String what) {
        if (cell.isBusy()) {
            throw new Refusal(409, "cell " + cell.id() + " runs or waits for its turn; stop it first");
        }
        if (!cell.code().scratch()) {
            throw new Refusal(400, "cell " + cell.id() + " is the lesson's; " + what);
        }
    }

    private static void keep(Draft draft, WindowMessage message) {
        draft.become(draft.state().written(draft.state().rev() + 1));
        draft.effect(new Effect.Keep(draft.state().rev(), draft.state().cells()));
        draft.tell(message);
        draft.refreshStale();
    }
}

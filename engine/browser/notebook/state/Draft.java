package browser.notebook.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A state in the making, and the effects of that so far. Lives as long as one transition. */
final class Draft {
    private final List<Effect> effects = new ArrayList<>();
    private NotebookState state;

    Draft(NotebookState state) {
        this.state = state;
    }

    NotebookState state() {
        return state;
    }

    List<Effect> effects() {
        return List.copyOf(effects);
    }

    void become(NotebookState next) {
        state = next;
    }

    void queues(UnaryOperator<CellQueues> change) {
        state = state.with(change.apply(state.queues()));
    }

    void runtime(UnaryOperator<RuntimeState> change) {
        state = state.with(change.apply(state.runtime()));
    }

    void put(CellState cell) {
        state = state.with(state.cells().replace(cell));
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void tell(WindowMessage message) {
        effects.add(new Effect.Tell(message));
    }

    /** Puts the cell, and tells how its run goes. */
    void tell(CellState cell) {
        put(cell);
        tell(new WindowMessage.Cell(CellView.Status.of(cell)));
    }

    void kernel(KernelStatus.Kind kind, String says) {
        var now = new KernelStatus(kind, says);
        runtime(runtime -> runtime.kernel(now));
        tell(new WindowMessage.Kernel(now));
    }

    void database(DatabaseStatus.Kind kind, String says, String version) {
        var now = new DatabaseStatus(kind, says, version);
        runtime(runtime -> runtime.database(now));
        tell(new WindowMessage.Database(now));
    }

    void broken(String text, Notice.Action action) {
        var notice = Notice.broken(text, action);
        runtime(runtime -> runtime.problems(List.of(notice)));
        tell(new WindowMessage.Noticed(notice));
    }

    /** What was broken is being repaired, or works again. @param says empty where nothing is to be said */
    void solved(Optional<String> says) {
        runtime(runtime -> runtime.problems(List.of()));
        says.ifPresent(text -> tell(new WindowMessage.Noticed(Notice.solved(text))));
    }

    /** Looks anew which cells are stale, and tells what has changed. */
    void refreshStale() {
        for (var cell : state.cells().all()) {
            var reason = state.staleness().reason(state.cells(), cell);
            if (!reason.equals(cell.run().stale())) {
                tell(cell.run(run -> run.stale(reason)));
            }
        }
    }
}

package browser.notebook.state;

import browser.http.Refusal;
import java.util.List;
import java.util.Optional;
import kernel.cell.Cell;

/** Replaces what cells run on by a fresh database and fresh kernels: because it has broken, or because the learner wants it. */
final class Recovering {
    private Recovering() { }

    static void reset(Draft draft, PageCommand.Reset reset) {
        if (draft.state().isRecovering()) {
            throw new Refusal(409, "the database is being replaced by a fresh one already");
        }
        begin(draft, reset.replay(), Optional.of("The finished cells run again, on a fresh database.").filter(says -> reset.replay()));
    }

    /** @param says why, to the learner; nothing where that is known */
    static void begin(Draft draft, boolean replay, Optional<String> says) {
        if (draft.state().isClosed()) {
            return;
        }
        draft.become(draft.state().with(Recovery.begun(replay, draft.state().finished())));
        draft.runtime(RuntimeState::replaced);
        Running.takeBackWaiting(draft);
        var running = draft.state().queues().in(QueueEntry.Turn.RUNNING).toList();
        draft.queues(CellQueues::cleared);
        running.forEach(entry -> draft.tell(draft.state().cell(entry.cell()).run(run -> run.ended(entry.isStopped() ? CellStatus.STOPPED : CellStatus.LOST))));
        draft.database(DatabaseStatus.Kind.RESETTING, "", "");
        draft.kernel(KernelStatus.Kind.STARTING, "");
        draft.solved(says);
        draft.effect(new Effect.Renew(draft.state().runtime().generation()));
    }

    static void renewed(Draft draft, RuntimeEvent.Renewed renewed) {
        if (!RuntimeChanges.isCurrent(draft, renewed.generation()) || !draft.state().isRecovering()) {
            return;
        }
        var recovery = draft.state().recovery();
        draft.become(draft.state().with(Staleness.NONE).finished(List.of()).with(Recovery.NONE));
        draft.state().cells().all().stream().filter(cell -> !recovery.replay() || cell.run().status() == CellStatus.DONE).forEach(cell -> forget(draft, cell));
        draft.runtime(RuntimeState::started);
        draft.kernel(KernelStatus.Kind.STARTING, "");
        draft.effect(new Effect.StartKernels(renewed.generation()));
        replay(draft, recovery.cells());
    }

    /** As if it had never run. */
    private static void forget(Draft draft, CellState cell) {
        draft.tell(new WindowMessage.Clear(cell.id()));
        draft.tell(cell.run(run -> CellRun.NONE));
    }

    private static void replay(Draft draft, List<Cell> finished) {
        var cells = finished.stream().filter(cell -> draft.state().cells().has(cell.id())).toList();
        var last = Running.queue(draft, cells.stream().map(Cell::id).toList(), cells.stream().map(Optional::of).toList());
        draft.become(draft.state().with(draft.state().recovery().replaying(last)));
        Running.giveTurns(draft);
    }

    /** An entry of the queues is no longer there. @param how its run has ended */
    static void gone(Draft draft, QueueEntry entry, CellStatus how) {
        if (entry.id() == draft.state().recovery().lastReplay()) {
            draft.become(draft.state().with(Recovery.NONE));
            if (how != CellStatus.DONE) {
                draft.tell(new WindowMessage.Noticed(Notice.warning("Not all of the finished cells ran to their end again.")));
            }
            if (draft.state().runtime().kernel().status() == KernelStatus.Kind.REPLAYING) {
                draft.kernel(KernelStatus.Kind.READY, "");
            }
        }
    }
}

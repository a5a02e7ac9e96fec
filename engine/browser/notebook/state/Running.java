package browser.notebook.state;

import browser.http.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kernel.cell.Cell;

/** Which cell has its turn when. */
final class Running {
    /** A statement that has not ended after this waits for somebody, most likely for the cell that comes next. */
    private static final Duration BLOCKED_AFTER = Duration.ofMillis(700);

    private Running() { }

    static void run(Draft draft, PageCommand.Run run) {
        if (draft.state().isRecovering()) {
            throw new Refusal(409, "the database is being replaced by a fresh one; run the cell when that is done");
        }
        RuntimeChanges.ensureStarted(draft);
        queue(draft, run.cells(), run.cells().stream().map(id -> Optional.<Cell>empty()).toList());
        giveTurns(draft);
    }

    /**
     * Lets cells wait for their turn, each after the one before it. One that runs or waits already is left out.
     *
     * @param code what they run, where that is not what is written in them
     * @return the entry of the last of them; 0 where there is none
     */
    static int queue(Draft draft, List<String> cells, List<Optional<Cell>> code) {
        var last = 0;
        for (int i = 0; i < cells.size(); i++) {
            var cell = draft.state().cell(cells.get(i));
            if (!cell.isBusy()) {
                var queue = draft.state().queues().nameFor(code.get(i).orElse(cell.code().cell()), draft.state().runtime().sessions());
                draft.become(draft.state().with(draft.state().queues().add(cell.id(), queue, last, code.get(i))));
                draft.tell(cell.run(CellRun::queued));
                last = draft.state().queues().lastEntry();
            }
        }
        return last;
    }

    static void giveTurns(Draft draft) {
        for (var next = next(draft); next.isPresent(); next = next(draft)) {
            begin(draft, next.get());
        }
    }

    private static Optional<QueueEntry> next(Draft draft) {
        return draft.state().isClosed() || draft.state().isRecovering() ? Optional.empty() : draft.state().queues().next();
    }

    private static void begin(Draft draft, QueueEntry entry) {
        var code = entry.code().orElseGet(() -> draft.state().cell(entry.cell()).code().cell());
        draft.queues(queues -> queues.begin(entry, code));
        var number = draft.state().queues().lastRun();
        draft.tell(new WindowMessage.Clear(entry.cell()));
        draft.tell(draft.state().cell(entry.cell()).run(run -> run.begun(number)));
        if (code.language() != Cell.Language.SQL) {
            draft.kernel(RuntimeChanges.busy(draft), "");
        }
        draft.effect(new Effect.RunCell(number, code));
        if (heldBack(draft, entry).findAny().isPresent()) {
            draft.effect(new Effect.Remind(number, BLOCKED_AFTER));
        }
    }

    /** Those in other queues that follow a session's cell, and that it may be waiting for. */
    private static Stream<QueueEntry> heldBack(Draft draft, QueueEntry entry) {
        return draft.state().queues().following(entry).filter(one -> entry.isOfSession() && !one.queue().equals(entry.queue()));
    }

    static void stillRunning(Draft draft, RuntimeEvent.StillRunning still) {
        draft.state().queues().find(still.run(), QueueEntry.Turn.RUNNING).ifPresent(entry -> {
            heldBack(draft, entry).toList().forEach(held -> free(draft, held));
            giveTurns(draft);
        });
    }

    private static void free(Draft draft, QueueEntry held) {
        draft.queues(queues -> queues.map(one -> one.id() == held.id() ? one.heldBackNoMore() : one));
    }

    static void ended(Draft draft, RuntimeEvent.Ended ended) {
        draft.state().queues().find(ended.run(), QueueEntry.Turn.RUNNING).ifPresent(entry -> {
            var code = entry.code().orElseThrow();
            draft.queues(queues -> queues.map(one -> one.id() == entry.id() ? one.ended() : one));
            draft.runtime(runtime -> runtime.java(ended.isJavaAlive()));
            if (CellStatus.of(ended.result()) == CellStatus.DONE) {
                draft.become(draft.state().finished(code));
            }
            draft.tell(draft.state().cell(entry.cell()).run(run -> run.ended(ended.result(), ended.ms(), ended.at())));
            if (code.language() != Cell.Language.SQL && ended.isJavaAlive()) {
                draft.kernel(draft.state().recovery().isReplaying() ? KernelStatus.Kind.REPLAYING : KernelStatus.Kind.READY, "");
            }
            if (!ended.sessions().equals(draft.state().runtime().sessions())) {
                draft.runtime(runtime -> runtime.sessions(ended.sessions()));
                draft.tell(new WindowMessage.Sessions(WindowMessage.Session.of(ended.sessions())));
            }
        });
    }

    static void settled(Draft draft, RuntimeEvent.Settled settled) {
        ofEnded(draft, settled).ifPresent(entry -> Health.settled(draft, entry.code().orElseThrow(), settled));
        ofEnded(draft, settled).ifPresent(entry -> { // no longer there where a recovery has begun
            leave(draft, entry, CellStatus.of(settled.result()));
            draft.become(draft.state().with(draft.state().staleness().ran(entry.code().orElseThrow(), settled.run(), settled.names())));
            draft.refreshStale();
            giveTurns(draft);
        });
    }

    private static Optional<QueueEntry> ofEnded(Draft draft, RuntimeEvent.Settled settled) {
        return draft.state().queues().find(settled.run(), QueueEntry.Turn.ENDED);
    }

    /** An entry is no longer there. What follows it is held back no more, or gets no turn where it has not run to its end. */
    private static void leave(Draft draft, QueueEntry entry, CellStatus how) {
        draft.queues(queues -> queues.remove(entry.id()));
        draft.state().queues().following(entry).toList().forEach(held -> {
            if (how == CellStatus.DONE) {
                free(draft, held);
            } else {
                takeBack(draft, held);
            }
        });
        Recovering.gone(draft, entry, how);
    }

    private static void takeBack(Draft draft, QueueEntry entry) {
        draft.tell(draft.state().cell(entry.cell()).run(CellRun::unqueued));
        leave(draft, entry, CellStatus.STOPPED);
    }

    static void takeBackWaiting(Draft draft) {
        for (var waiting = waiting(draft); waiting.isPresent(); waiting = waiting(draft)) {
            takeBack(draft, waiting.get());
        }
        draft.refreshStale();
    }

    private static Optional<QueueEntry> waiting(Draft draft) {
        return draft.state().queues().in(QueueEntry.Turn.WAITING).findFirst();
    }

    static void stop(Draft draft) {
        takeBackWaiting(draft);
        draft.queues(CellQueues::stopping);
        if (draft.state().queues().runsJava()) {
            draft.kernel(KernelStatus.Kind.STOPPING, "");
        }
        draft.effect(new Effect.StopCells(draft.state().runtime().generation()));
    }

    static void stopOver(Draft draft, RuntimeEvent.StopOver over) {
        if (RuntimeChanges.isCurrent(draft, over.generation()) && draft.state().queues().stops() > 0) {
            draft.queues(CellQueues::stopOver);
            giveTurns(draft);
        }
    }
}

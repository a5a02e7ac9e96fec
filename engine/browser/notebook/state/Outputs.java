package browser.notebook.state;

import java.util.Optional;
import java.util.function.Function;

/** What a cell shows, and why it has failed: kept for windows that open later, and told to those that are open. */
final class Outputs {
    private Outputs() { }

    static void began(Draft draft, RuntimeEvent.Began began) {
        draft.state().queues().find(began.run(), QueueEntry.Turn.RUNNING)
            .ifPresent(entry -> draft.put(draft.state().cell(entry.cell()).run(run -> run.startedAt(began.at()))));
    }

    static void shown(Draft draft, RuntimeEvent.Shown shown) {
        add(draft, shown.run(), outputs -> outputs.draw(shown.drawn()));
    }

    static void printed(Draft draft, RuntimeEvent.Printed printed) {
        add(draft, printed.run(), outputs -> outputs.print(printed.stream(), printed.text()));
    }

    static void explained(Draft draft, RuntimeEvent.Explained explained) {
        ofRun(draft, explained.run()).filter(cell -> cell.run().status() == CellStatus.FAILED)
            .ifPresent(cell -> draft.tell(cell.run(run -> run.explained(explained.need()))));
    }

    private static Optional<CellState> ofRun(Draft draft, int run) {
        return draft.state().cells().all().stream().filter(cell -> cell.run().number() == run && run > draft.state().queues().lastGone()).findFirst();
    }

    /** Threads that a cell has started may print after its end, until it runs again. */
    private static void add(Draft draft, int run, Function<CellOutputs, CellOutputs.Addition> adding) {
        ofRun(draft, run).ifPresent(cell -> {
            var addition = adding.apply(cell.run().outputs());
            draft.put(cell.run(one -> one.with(addition.outputs())));
            addition.told().ifPresent(output -> draft.tell(message(cell.id(), output)));
        });
    }

    private static WindowMessage message(String cell, CellOutput output) {
        return switch (output) {
            case CellOutput.Drawn drawn -> new WindowMessage.Output(cell, drawn);
            case CellOutput.Printed(int seq, String stream, String text) -> new WindowMessage.Print(cell, seq, stream, text);
        };
    }
}

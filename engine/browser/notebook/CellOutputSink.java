package browser.notebook;

import book.drawing.HtmlDrawing;
import browser.notebook.state.CellOutput;
import browser.notebook.state.RuntimeEvent;
import java.util.Locale;
import java.util.Optional;
import kernel.cell.CellListener;
import kernel.output.Output;

/** Draws what a cell shows, and posts it. */
final class CellOutputSink implements CellListener {
    private final int run;
    private final NotebookWriter writer;
    /** A table of which more rows may be kept; whether they are is known only after it. */
    private Optional<Output> pending = Optional.empty();
    private Optional<Output.Failure> failure = Optional.empty();

    CellOutputSink(int run, NotebookWriter writer) {
        this.run = run;
        this.writer = writer;
    }

    @Override public void shown(Output output) {
        end();
        failure = output instanceof Output.Failure failed ? Optional.of(failed) : failure;
        if (output instanceof Output.Table table && table.truncated()) {
            pending = Optional.of(output);
        } else {
            show(output, "", 0);
        }
    }

    @Override public void kept(String resultId, int rows) {
        pending.ifPresent(output -> show(output, resultId, rows));
        pending = Optional.empty();
    }

    @Override public void printed(String stream, String text) {
        end();
        writer.postPatiently(new RuntimeEvent.Printed(run, stream, text));
    }

    /** The last failure that was shown. */
    Optional<Output.Failure> failure() {
        return failure;
    }

    /** Nothing more comes. */
    void end() {
        pending.ifPresent(output -> show(output, "", 0));
        pending = Optional.empty();
    }

    private void show(Output output, String resultId, int rows) {
        var kind = output.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        var drawn = new CellOutput.Drawn(0, kind, HtmlDrawing.draw(output).toString(), output.shape(), resultId, rows);
        writer.postPatiently(new RuntimeEvent.Shown(run, drawn));
    }
}

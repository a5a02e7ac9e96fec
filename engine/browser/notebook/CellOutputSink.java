package browser.notebook;

import book.drawing.HtmlDrawing;
import browser.http.Events;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import kernel.cell.CellListener;
import kernel.output.Output;

/** Keeps what a cell shows with the cell, and tells all windows. */
final class CellOutputSink implements CellListener {
    private final NotebookCell notebookCell;
    private final Object lock;
    private final Events events;
    private final BooleanSupplier isCurrent;
    /** A table of which more rows may be kept; whether they are is known only after it. */
    private Optional<Output> pending = Optional.empty();

    /** @param isCurrent whether the database on which the cell began is still there */
    CellOutputSink(NotebookCell notebookCell, Object lock, Events events, BooleanSupplier isCurrent) {
        this.notebookCell = notebookCell;
        this.lock = lock;
        this.events = events;
        this.isCurrent = isCurrent;
    }

    @Override public void shown(Output output) {
        end();
        if (output instanceof Output.Table table && table.truncated()) {
            pending = Optional.of(output);
        } else {
            show(output, Map.of());
        }
    }

    @Override public void kept(String resultId, int rows) {
        pending.ifPresent(output -> show(output, Map.of("result", resultId, "rows", rows)));
        pending = Optional.empty();
    }

    @Override public void printed(String stream, String text) {
        end();
        synchronized (lock) {
            tell("print", () -> notebookCell.outputs.print(stream, text));
        }
    }

    /** Nothing more comes. */
    void end() {
        pending.ifPresent(output -> show(output, Map.of()));
        pending = Optional.empty();
    }

    private void show(Output output, Map<String, Object> more) {
        var html = HtmlDrawing.draw(output).toString(); // outside the lock: a big table takes its time
        synchronized (lock) {
            tell("output", () -> notebookCell.outputs.add(kind(output), html, output.shape(), more));
        }
    }

    private static String kind(Output output) {
        return output.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private void tell(String type, Supplier<Map<String, Object>> adding) {
        if (!isCurrent.getAsBoolean()) {
            return;
        }
        var wasFull = notebookCell.outputs.isFull();
        var output = adding.get();
        if (!output.isEmpty()) {
            events.tell(type, named(output), true);
        } else if (!wasFull) {
            events.tell("print", named(notebookCell.outputs.appendNotice("This is more than a page can hold; the rest is left out.\n")));
        }
    }

    private Map<String, Object> named(Map<String, Object> output) {
        var event = new LinkedHashMap<String, Object>(Map.of("id", notebookCell.id));
        event.putAll(output);
        return event;
    }
}

package browser.notebook;

import book.drawing.Drawing;
import browser.http.Events;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import kernel.cell.Witness;
import kernel.output.Output;

/** What a cell shows goes to its place, and to all windows. */
final class Hearing implements Witness {
    private final Slot slot;
    private final Object lock;
    private final Events events;
    private final BooleanSupplier wanted;
    /** A table of which more rows may be kept, which is said only after it. */
    private Optional<Output> held = Optional.empty();

    /** @param wanted whether the database on which the cell began is still there */
    Hearing(Slot slot, Object lock, Events events, BooleanSupplier wanted) {
        this.slot = slot;
        this.lock = lock;
        this.events = events;
        this.wanted = wanted;
    }

    @Override public void shown(Output output) {
        end();
        if (output instanceof Output.Table table && table.truncated()) {
            held = Optional.of(output);
        } else {
            show(output, Map.of());
        }
    }

    @Override public void kept(String resultId, int rows) {
        held.ifPresent(output -> show(output, Map.of("result", resultId, "rows", rows)));
        held = Optional.empty();
    }

    @Override public void printed(String stream, String text) {
        end();
        synchronized (lock) {
            tell("print", () -> slot.outputs.print(stream, text));
        }
    }

    /** Nothing more comes. */
    void end() {
        held.ifPresent(output -> show(output, Map.of()));
        held = Optional.empty();
    }

    private void show(Output output, Map<String, Object> more) {
        var html = Drawing.draw(output).toString(); // before the lock: a big table takes its time
        synchronized (lock) {
            tell("output", () -> slot.outputs.add(kind(output), html, output.shape(), more));
        }
    }

    private static String kind(Output output) {
        return output.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private void tell(String type, java.util.function.Supplier<Map<String, Object>> adds) {
        if (!wanted.getAsBoolean()) {
            return;
        }
        var wasFull = slot.outputs.isFull();
        var output = adds.get();
        if (!output.isEmpty()) {
            events.tell(type, named(output), true);
        } else if (!wasFull) {
            events.tell("print", named(slot.outputs.last("This is more than a page can hold; the rest is left out.\n")));
        }
    }

    private Map<String, Object> named(Map<String, Object> output) {
        var event = new LinkedHashMap<String, Object>(Map.of("id", slot.id));
        event.putAll(output);
        return event;
    }
}

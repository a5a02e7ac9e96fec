package browser;

import book.Drawing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kernel.Output;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.cell.Witness;
import lab.LabException;
import lesson.Lesson;

/**
 * A lesson that is open, in however many windows. Its lock guards what they see; whatever takes long runs outside of it.
 * Nothing runs here that nobody asked for.
 */
final class Notebook implements AutoCloseable {
    private final Lesson lesson;
    private final String db;
    private final Events events = new Events();
    private final Slots slots;
    private final Map<String, Lane> lanes = new HashMap<>();
    private CompletableFuture<Live> live;
    private Map<String, Object> kernel = Map.of("status", "none", "says", "");
    private Map<String, Object> database = Map.of("status", "none", "says", "", "version", "");
    private int rev;
    private int runs;

    Notebook(Lesson lesson, String db) {
        this.lesson = lesson;
        this.db = db;
        this.slots = Slots.of(lesson);
    }

    // ---- what the windows see

    synchronized Map<String, Object> state() {
        var state = new LinkedHashMap<String, Object>();
        state.put("lesson", lesson.id());
        state.put("rev", rev);
        state.put("cells", slots.view());
        state.put("kernel", kernel);
        state.put("database", database);
        state.put("sessions", List.of());
        return state;
    }

    synchronized Events.Window open(Map<String, Object> more) {
        var state = new LinkedHashMap<>(state());
        state.putAll(more);
        return events.open(state);
    }

    Events events() {
        return events;
    }

    private synchronized void database(String status, String says, String version) {
        database = Map.of("status", status, "says", says, "version", version);
        events.tell("database", database);
    }

    // ---- running

    /** Starts what cells run on. Returns at once, and does nothing when it is there already. */
    synchronized CompletableFuture<Live> warm() {
        if (live == null) {
            database("starting", "", "");
            live = CompletableFuture.supplyAsync(this::start, Thread.ofVirtual()::start);
        }
        return live;
    }

    private Live start() {
        try {
            var opened = Live.open(lesson, db, line -> database("starting", line, ""));
            database("ready", "", opened.version());
            return opened;
        } catch (LabException e) {
            database("lost", e.getMessage(), "");
            throw e;
        }
    }

    /** @param ids the cells to run, one after the other; what follows one that fails is not run */
    synchronized void run(List<String> ids) {
        Work before = null;
        for (var id : ids) {
            var slot = slots.get(id);
            if (slot.status.isAtWork()) {
                continue;
            }
            slot.before = slot.status;
            slot.status = Status.QUEUED;
            tell(slot);
            var lane = lanes.computeIfAbsent(slot.session, name -> new Lane(name, this::execute, this::abandon));
            before = before == null ? Work.alone(slot, lane) : before.then(slot, lane);
            lane.add(before);
        }
    }

    private synchronized void abandon(Slot slot) {
        slot.status = slot.before;
        tell(slot);
    }

    private Status execute(Slot slot) {
        var cell = begin(slot);
        var start = System.nanoTime();
        Ending ending;
        try {
            ending = warm().join().run(cell, new Hearing(slot));
        } catch (InterruptedException e) {
            ending = new Ending.Stopped();
        } catch (RuntimeException e) {
            ending = new Ending.Lost(e.getMessage());
        }
        return end(slot, ending, start);
    }

    private synchronized Cell begin(Slot slot) {
        slot.outputs.clear();
        slot.status = Status.RUNNING;
        slot.count = ++runs;
        slot.line = 0;
        slot.why = "";
        events.tell("clear", Map.of("id", slot.id));
        tell(slot);
        return slot.cell();
    }

    private synchronized Status end(Slot slot, Ending ending, long start) {
        slot.status = Status.of(ending);
        slot.ms = (System.nanoTime() - start) / 1_000_000;
        slot.line = ending instanceof Ending.Failed(int line) ? line : 0;
        tell(slot);
        return slot.status;
    }

    private void tell(Slot slot) {
        events.tell("cell", slot.standing());
    }

    /** What a cell shows goes to its place and to all windows. */
    private final class Hearing implements Witness {
        private final Slot slot;

        private Hearing(Slot slot) {
            this.slot = slot;
        }

        @Override public void shown(Output output) {
            var html = Drawing.draw(output).toString();
            synchronized (Notebook.this) {
                tell("output", slot.outputs.add(output.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT), html, output.shape(), Map.of()));
            }
        }

        @Override public void printed(String stream, String text) {
            synchronized (Notebook.this) {
                tell("print", slot.outputs.print(stream, text));
            }
        }

        private void tell(String type, Map<String, Object> output) {
            if (!output.isEmpty()) {
                var event = new LinkedHashMap<String, Object>(Map.of("id", slot.id));
                event.putAll(output);
                events.tell(type, event);
            }
        }
    }

    // ---- writing

    /**
     * Keeps what somebody typed.
     *
     * @param known the revision that it was typed upon
     * @throws Refusal where somebody else has typed meanwhile, with what
     */
    synchronized int save(String id, String source, int known, String by) {
        var slot = slots.get(id);
        if (slot.source.equals(source)) {
            return slot.rev;
        }
        if (known != slot.rev) {
            throw new Refusal(409, "another window has changed this cell meanwhile", Map.of("source", slot.source, "rev", slot.rev));
        }
        slot.source = source;
        edited(slot, by);
        return slot.rev;
    }

    /** What is run has been typed: it counts, whoever typed meanwhile. */
    synchronized void type(String id, String source, String by) {
        var slot = slots.get(id);
        if (!slot.source.equals(source)) {
            slot.source = source;
            edited(slot, by);
        }
    }

    private void edited(Slot slot, String by) {
        slot.rev = ++rev;
        events.tell("edited", Map.of("id", slot.id, "source", slot.source, "rev", slot.rev, "by", by));
    }

    synchronized Map<String, Object> restore(String id) {
        var slot = slots.get(id);
        slot.source = slot.original;
        edited(slot, "");
        return slots.view(slot);
    }

    synchronized Map<String, Object> scratch(String after, Cell.Language language, String role, String session, String source) {
        var slot = slots.add(after, new Cell(slots.newId(), language, source, role, session, ""));
        slot.rev = ++rev;
        var view = slots.view(slot);
        events.tell("added", Map.of("cell", view));
        return view;
    }

    synchronized void remove(String id) {
        var slot = slots.get(id);
        if (!slot.scratch) {
            throw new Refusal(400, "cell " + id + " is the lesson's; only cells of your own can be removed");
        }
        if (slot.status.isAtWork()) {
            throw new Refusal(409, "cell " + id + " is at work; stop it first");
        }
        slots.remove(slot);
        rev++;
        events.tell("removed", Map.of("id", id));
    }

    @Override public void close() {
        events.close();
        var lanesToEnd = new ArrayList<>(lanes.values());
        lanesToEnd.forEach(Lane::close);
        if (live != null) {
            live.handle((opened, failure) -> opened).thenAccept(opened -> {
                if (opened != null) {
                    opened.close();
                }
            }).join();
        }
    }
}

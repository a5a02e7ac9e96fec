package browser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.cell.Cell;
import lesson.Lesson;

/**
 * A lesson that is open, in however many windows: what is written in it and, by {@link Running}, what comes of running it. Its
 * lock guards what the windows see. Nothing runs here that nobody asked for.
 */
final class Notebook implements AutoCloseable {
    private final Lesson lesson;
    private final Events events = new Events();
    private final Slots slots;
    private final Running running;
    private final Written written;
    private Optional<String> said = Optional.empty();
    private int rev;

    Notebook(Lesson lesson, String db) {
        this.lesson = lesson;
        this.slots = Slots.of(lesson);
        this.running = new Running(lesson, db, this, slots, events);
        this.written = Written.of(lesson, sentence -> said = Optional.of(sentence));
        bringBack();
    }

    /** What was written here the last time. A cell whose step the lesson no longer has becomes one of the learner's own. */
    private void bringBack() {
        var content = written.read();
        rev = content.rev();
        for (var entry : content.cells()) {
            if (!entry.scratch() && slots.has(entry.id())) {
                slots.get(entry.id()).type(entry.source(), entry.rev());
            } else {
                var id = slots.has(entry.id()) || !entry.scratch() ? slots.newId() : entry.id();
                slots.add(entry.after(), new Cell(id, Cell.Language.of(entry.language()), entry.source(), entry.role(), entry.session(), "")).rev = entry.rev();
            }
        }
    }

    private void keep() {
        written.write(lesson.id(), rev, slots.all().stream().filter(slot -> slot.scratch || slot.isEdited()).map(slot ->
            new Written.Entry(slot.id, slot.scratch, slots.before(slot), slot.language.word(), slot.role, slot.session, slot.source, slot.rev)).toList());
    }

    Lesson lesson() {
        return lesson;
    }

    Running running() {
        return running;
    }

    Events events() {
        return events;
    }

    // ---- what the windows see

    /** @param more what is not this notebook's own: exercises, progress */
    synchronized Map<String, Object> state(Map<String, Object> more) {
        var state = new LinkedHashMap<String, Object>();
        state.put("lesson", lesson.id());
        state.put("rev", rev);
        state.put("cells", slots.view());
        state.putAll(running.standings().view());
        state.putAll(more);
        return state;
    }

    /** A window that hears of everything that happens after the state it begins with. */
    synchronized Events.Window open(Map<String, Object> more) {
        var window = events.open(state(more), running.standings().unmended());
        said.ifPresent(sentence -> running.standings().notice("warning", sentence));
        said = Optional.empty();
        return window;
    }

    synchronized Slot slot(String id) {
        return slots.get(id);
    }

    /** The cells as they are written, in the order of the page. */
    synchronized List<Slot> slots() {
        return slots.all();
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
        if (!slot.source.equals(source) && known != slot.rev) {
            throw new Refusal(409, "another window has changed this cell meanwhile", Map.of("source", slot.source, "rev", slot.rev));
        }
        type(id, source, by);
        return slot.rev;
    }

    /** What is run has been typed: it counts, whoever typed meanwhile. */
    synchronized void type(String id, String source, String by) {
        var slot = slots.get(id);
        if (!slot.source.equals(source)) {
            slot.type(source, ++rev);
            keep();
            events.tell("edited", Map.of("id", slot.id, "source", slot.source, "rev", slot.rev, "by", by));
            running.refresh();
        }
    }

    synchronized Map<String, Object> restore(String id) {
        type(id, slots.get(id).original, "");
        return slots.view(slots.get(id));
    }

    synchronized Map<String, Object> scratch(String after, Cell.Language language, String role, String session, String source) {
        var slot = slots.add(after, new Cell(slots.newId(), language, source, role, session, ""));
        slot.rev = ++rev;
        keep();
        var view = slots.view(slot);
        events.tell("added", Map.of("cell", view));
        return view;
    }

    /** Another language, role or session for a cell of the learner's own; another session for any SQL cell. */
    synchronized Map<String, Object> change(String id, Optional<Cell.Language> language, Optional<String> role, Optional<String> session) {
        var slot = slots.get(id);
        mustRest(slot);
        if (!slot.scratch) {
            throw new Refusal(400, "cell " + id + " is the lesson's; language, role and session can be changed in cells of your own");
        }
        language.ifPresent(to -> slot.language = to);
        role.ifPresent(to -> slot.role = to);
        session.ifPresent(to -> slot.session = to);
        slot.rev = ++rev;
        keep();
        var view = slots.view(slot);
        events.tell("added", Map.of("cell", view)); // again: as it is now
        running.refresh();
        return view;
    }

    synchronized void remove(String id) {
        var slot = slots.get(id);
        mustRest(slot);
        if (!slot.scratch) {
            throw new Refusal(400, "cell " + id + " is the lesson's; only cells of your own can be removed");
        }
        slots.remove(slot);
        rev++;
        keep();
        running.forget(id);
        events.tell("removed", Map.of("id", id));
        running.refresh();
    }

    private static void mustRest(Slot slot) {
        if (slot.status.isAtWork()) {
            throw new Refusal(409, "cell " + slot.id + " is at work; stop it first");
        }
    }

    @Override public void close() {
        events.close();
        running.close();
    }
}

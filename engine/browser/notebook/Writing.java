package browser.notebook;

import browser.http.Events;
import browser.http.Refusal;
import java.util.Map;
import java.util.Optional;
import kernel.cell.Cell;
import lesson.Lesson;

/** What somebody writes in a notebook: kept at once, told to every window, and brought back the next time. */
public final class Writing {
    private final Lesson lesson;
    private final Object lock;
    private final Slots slots;
    private final Events events;
    private final Running running;
    private final Written written;
    private Optional<String> said = Optional.empty();
    private int rev;

    /** @param lock the notebook's */
    Writing(Lesson lesson, Object lock, Slots slots, Events events, Running running) {
        this.lesson = lesson;
        this.lock = lock;
        this.slots = slots;
        this.events = events;
        this.running = running;
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

    /** How often something was written. Under the lock. */
    int rev() {
        return rev;
    }

    /** What the first window has to know of what was brought back. Under the lock. */
    void tell() {
        said.ifPresent(sentence -> running.standings().notice("warning", sentence));
        said = Optional.empty();
    }

    /**
     * Keeps what somebody typed.
     *
     * @param known the revision that it was typed upon
     * @throws Refusal where somebody else has typed meanwhile, with what
     */
    int save(String id, String source, int known, String by) {
        synchronized (lock) {
            var slot = slots.get(id);
            if (!slot.source.equals(source) && known != slot.rev) {
                throw new Refusal(409, "another window has changed this cell meanwhile", Map.of("source", slot.source, "rev", slot.rev));
            }
            type(id, source, by);
            return slot.rev;
        }
    }

    /** What is run has been typed: it counts, whoever typed meanwhile. */
    public void type(String id, String source, String by) {
        synchronized (lock) {
            var slot = slots.get(id);
            if (!slot.source.equals(source)) {
                slot.type(source, ++rev);
                keep();
                events.tell("edited", Map.of("id", slot.id, "source", slot.source, "rev", slot.rev, "by", by));
                running.freshness().refresh();
            }
        }
    }

    Map<String, Object> restore(String id) {
        synchronized (lock) {
            type(id, slots.get(id).original, "");
            return slots.view(slots.get(id));
        }
    }

    public Map<String, Object> scratch(String after, Cell.Language language, String role, String session, String source) {
        synchronized (lock) {
            var slot = slots.add(after, new Cell(slots.newId(), language, source, role, session, ""));
            slot.rev = ++rev;
            keep();
            var view = slots.view(slot);
            events.tell("added", Map.of("cell", view));
            return view;
        }
    }

    /** Another language, role or session for a cell of the learner's own. */
    Map<String, Object> change(String id, Optional<Cell.Language> language, Optional<String> role, Optional<String> session) {
        synchronized (lock) {
            var slot = slots.get(id);
            mustRest(slot);
            if (!slot.scratch) {
                throw new Refusal(400, "cell " + id + " is the lesson's; language, role and session can be changed in cells of your own");
            }
            language.ifPresent(to -> slot.language = to);
            role.ifPresent(to -> slot.role = to);
            session.ifPresent(to -> slot.session = to);
            rev++; // its text is as it was, and whoever types in it goes on
            keep();
            var view = slots.view(slot);
            events.tell("added", Map.of("cell", view)); // again: as it is now
            running.freshness().refresh();
            return view;
        }
    }

    void remove(String id) {
        synchronized (lock) {
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
            running.freshness().refresh();
        }
    }

    private static void mustRest(Slot slot) {
        if (slot.status.isAtWork()) {
            throw new Refusal(409, "cell " + slot.id + " is at work; stop it first");
        }
    }
}

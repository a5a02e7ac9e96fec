package browser.notebook;

import browser.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kernel.cell.Cell;
import lesson.Lesson;
import lesson.Program;
import lesson.UnknownName;

/** The cells of a lesson and those that the learner has put between them, in the order of the page. */
final class Slots {
    private final List<Slot> slots = new ArrayList<>();
    private int lastScratch;

    static Slots of(Lesson lesson) {
        var slots = new Slots();
        Program.regions(lesson.program()).forEach(region -> slots.slots.add(Slot.ofLesson(Cell.of(region))));
        return slots;
    }

    List<Slot> all() {
        return List.copyOf(slots);
    }

    /** @throws Refusal where there is no cell of that name */
    Slot get(String id) {
        return slots.stream().filter(slot -> slot.id.equals(id)).findFirst().orElseThrow(() -> new Refusal(404,
            UnknownName.of("cell", id, slots.stream().map(slot -> slot.id).toList()).getMessage()));
    }

    boolean has(String id) {
        return slots.stream().anyMatch(slot -> slot.id.equals(id));
    }

    /** A new one of the learner's, directly behind another; at the end where that one is not there any more. */
    Slot add(String after, Cell cell) {
        var slot = Slot.ofLearner(cell);
        slots.add(has(after) ? place(after) + 1 : after.isEmpty() ? 0 : slots.size(), slot);
        return slot;
    }

    /** The cell that this one stands behind; empty for the first. */
    String before(Slot slot) {
        var place = slots.indexOf(slot);
        return place == 0 ? "" : slots.get(place - 1).id;
    }

    private int place(String id) {
        return slots.indexOf(get(id));
    }

    String newId() {
        String id;
        do {
            id = "scratch-" + ++lastScratch;
        } while (has(id));
        return id;
    }

    void remove(Slot slot) {
        slots.remove(slot);
    }

    List<Map<String, Object>> view() {
        return slots.stream().map(this::view).toList();
    }

    Map<String, Object> view(Slot slot) {
        return slot.view(before(slot));
    }
}

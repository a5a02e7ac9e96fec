package browser.notebook;

import browser.http.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lesson.Lesson;

/**
 * A lesson that is open, in however many windows: what is written in it, by {@link Writing}, and what comes of running it, by
 * {@link Running}. Its lock guards what the windows see. Nothing runs here that nobody asked for.
 */
public final class Notebook implements AutoCloseable {
    private final Lesson lesson;
    private final Events events = new Events();
    private final Slots slots;
    private final Running running;
    private final Writing writing;

    public Notebook(Lesson lesson, String db) {
        this.lesson = lesson;
        this.slots = Slots.of(lesson);
        this.running = new Running(lesson, db, this, slots, events);
        this.writing = new Writing(lesson, this, slots, events, running);
    }

    public Lesson lesson() {
        return lesson;
    }

    Running running() {
        return running;
    }

    public Writing writing() {
        return writing;
    }

    public Events events() {
        return events;
    }

    /** @param more what is not this notebook's own: exercises, progress */
    public synchronized Map<String, Object> state(Map<String, Object> more) {
        var state = new LinkedHashMap<String, Object>();
        state.put("lesson", lesson.id());
        state.put("rev", writing.rev());
        state.put("cells", slots.view());
        state.putAll(running.standings().view());
        state.putAll(more);
        return state;
    }

    /** A window that hears of everything that happens after the state it begins with. */
    public synchronized Events.Window open(Map<String, Object> more) {
        var window = events.open(state(more), running.standings().unmended());
        writing.tell();
        running.seen();
        return window;
    }

    synchronized Slot slot(String id) {
        return slots.get(id);
    }

    /** The cells as they are written, in the order of the page. */
    public synchronized List<Slot> slots() {
        return slots.all();
    }

    @Override public void close() {
        events.close();
        running.close();
    }
}

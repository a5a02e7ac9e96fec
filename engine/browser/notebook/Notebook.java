package browser.notebook;

import browser.http.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lesson.Lesson;

/**
 * A lesson that is open, in however many windows: what is written in it, by {@link NotebookEditor}, and what comes of running it, by
 * {@link NotebookRunner}. Its lock guards what the windows see. Nothing runs here that nobody asked for.
 */
public final class Notebook implements AutoCloseable {
    private final Lesson lesson;
    private final Events events = new Events();
    private final NotebookCells notebookCells;
    private final NotebookRunner runner;
    private final NotebookEditor editor;

    public Notebook(Lesson lesson, String db) {
        this.lesson = lesson;
        this.notebookCells = NotebookCells.of(lesson);
        this.runner = new NotebookRunner(lesson, db, this, notebookCells, events);
        this.editor = new NotebookEditor(lesson, this, notebookCells, events, runner);
    }

    public Lesson lesson() {
        return lesson;
    }

    NotebookRunner runner() {
        return runner;
    }

    public NotebookEditor editor() {
        return editor;
    }

    public Events events() {
        return events;
    }

    /** @param more what is not this notebook's own: exercises, progress */
    public synchronized Map<String, Object> state(Map<String, Object> more) {
        var state = new LinkedHashMap<String, Object>();
        state.put("lesson", lesson.id());
        state.put("rev", editor.rev());
        state.put("cells", notebookCells.view());
        state.putAll(runner.status().view());
        state.putAll(more);
        return state;
    }

    /**
     * A window that hears of everything that happens after the state it begins with.
     *
     * @param name what the window calls itself, here and in its commands
     */
    public synchronized Events.Window open(String name, Map<String, Object> more) {
        var window = events.open(name, state(more), runner.status().problems());
        editor.tellWarning();
        runner.watchHealth();
        return window;
    }

    synchronized NotebookCell cell(String id) {
        return notebookCells.get(id);
    }

    /** The cells as they are written, in the order of the page. */
    public synchronized List<NotebookCell> cells() {
        return notebookCells.all();
    }

    @Override public void close() {
        events.close();
        runner.close();
    }
}

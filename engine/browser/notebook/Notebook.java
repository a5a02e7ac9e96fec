package browser.notebook;

import browser.http.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lesson.Lesson;

/**
 * A lesson that is open, in however many windows. {@link NotebookEditor} keeps what is written in it, {@link NotebookRunner}
 * runs its cells. Its lock guards what the windows see. Nothing runs here that nobody asked for.
 */
public final class Notebook implements AutoCloseable {
    private final Lesson lesson;
    private final Events events = new Events();
    private final NotebookCells notebookCells;
    private final NotebookRunner runner;
    private final NotebookEditor editor;

    /**
     * Opens a lesson with what was written in it the last time. Its database starts when a page asks for it.
     *
     * @param db the word after {@code --db}
     */
    public Notebook(Lesson lesson, String db) {
        this.lesson = lesson;
        this.notebookCells = NotebookCells.of(lesson);
        this.runner = new NotebookRunner(lesson, db, this, notebookCells, events);
        this.editor = new NotebookEditor(lesson, this, notebookCells, events, runner);
    }

    /** Whose cells these are. */
    public Lesson lesson() {
        return lesson;
    }

    NotebookRunner runner() {
        return runner;
    }

    /** Changes what is written. */
    public NotebookEditor editor() {
        return editor;
    }

    /** What its windows are told. */
    public Events events() {
        return events;
    }

    /** All that a page has to know. @param more what is not this notebook's own: exercises, progress */
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
     * A window, which is told the state first and then everything that happens.
     *
     * @param name what the window calls itself, here and in its commands
     */
    public synchronized Events.Window open(String name, Map<String, Object> more) {
        var window = events.open(name, state(more), runner.status().problems());
        editor.tellWarning();
        runner.watchHealth();
        return window;
    }

    /** @throws browser.http.Refusal where there is no such cell */
    synchronized NotebookCell cell(String id) {
        return notebookCells.get(id);
    }

    /** The cells in the order of the page. */
    public synchronized List<NotebookCell> cells() {
        return notebookCells.all();
    }

    /** Ends its windows' streams, its kernels and its server. */
    @Override public void close() {
        events.close();
        runner.close();
    }
}

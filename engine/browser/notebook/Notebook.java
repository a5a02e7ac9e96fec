package browser.notebook;

import browser.http.Events;
import browser.http.Refusal;
import browser.notebook.state.NotebookState;
import browser.notebook.state.NotebookView;
import browser.notebook.state.PageCommand;
import browser.runtime.Kernels;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lesson.Lesson;

/**
 * A lesson that is open, in however many windows. {@link NotebookWriter} owns what is known of it, {@link NotebookRuntime} is what
 * its cells run on. Nothing runs here that nobody asked for.
 */
public final class Notebook implements AutoCloseable {
    /** As long as a server that is still starting may take, and then ends. */
    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(3);
    private final Lesson lesson;
    private final Events events = new Events();
    private final NotebookWriter writer;
    private final NotebookRuntime runtime;
    private final HealthMonitor health;
    private final ActivityBroadcast activity;
    private final Thread thread;

    /**
     * Opens a lesson with what was written in it the last time. Its database starts when a page asks for it.
     *
     * @param db the word after {@code --db}
     */
    public Notebook(Lesson lesson, String db) {
        this.lesson = lesson;
        var file = NotebookFile.of(lesson);
        this.writer = new NotebookWriter(file.open());
        this.runtime = new NotebookRuntime(lesson, db, writer::post);
        this.health = new HealthMonitor(events, writer, runtime);
        this.activity = new ActivityBroadcast(events, () -> runtime.kernels().flatMap(Kernels::activity));
        this.thread = writer.start("notebook " + lesson.id(), new NotebookEffects(lesson.id(), file, events, writer, runtime));
    }

    /** Whose cells these are. */
    public Lesson lesson() {
        return lesson;
    }

    /** What its windows are told. */
    public Events events() {
        return events;
    }

    /** What is known of it now. */
    public NotebookState state() {
        return writer.state();
    }

    /** All that a page has to know. @param more what is not this notebook's own: exercises, progress */
    public NotebookView view(Object more) {
        return NotebookView.of(lesson.id(), state(), more);
    }

    /**
     * Has a command carried out.
     *
     * @return the state right after it
     * @throws Refusal where it cannot be carried out; then nothing has changed
     */
    public NotebookState ask(PageCommand command) throws InterruptedException {
        return writer.ask(command);
    }

    /**
     * A window, which is told the state first and then everything that happens.
     *
     * @param name what the window calls itself, here and in its commands
     * @param more what is not this notebook's own: exercises, progress
     */
    public Events.Window open(String name, Object more) throws InterruptedException {
        var window = new Events.Window(name);
        ask(new PageCommand.OpenWindow(window, more));
        health.start();
        return window;
    }

    /** The kernels as they are, where they have been started. */
    Optional<Kernels> kernels() {
        return runtime.kernels();
    }

    /** What the server logged while a cell ran. @throws Refusal where there is no such cell, or no log */
    List<String> log(String cell) {
        return runtime.server().log(state().cell(cell).run());
    }

    ActivityBroadcast activity() {
        return activity;
    }

    /** Ends its windows' streams, its cells, its kernels and its server, and returns then. */
    @Override public void close() {
        writer.post(new PageCommand.Close());
        try {
            thread.join(UNTIL_CLOSED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package browser.notebook;

import browser.http.Events;
import browser.http.Refusal;
import browser.notebook.state.Effect;
import browser.notebook.state.NotebookState;
import browser.notebook.state.NotebookView;
import browser.notebook.state.Notice;
import browser.notebook.state.RuntimeEvent;
import browser.notebook.state.WindowMessage;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Does what a new state asks for. Called by the writer's thread alone; what takes long goes on in others. */
final class NotebookEffects {
    private final String lesson;
    private final NotebookFile file;
    private final Events events;
    private final NotebookWriter writer;
    private final NotebookRuntime runtime;
    private final CellRuns runs;

    NotebookEffects(String lesson, NotebookFile file, Events events, NotebookWriter writer, NotebookRuntime runtime) {
        this.lesson = lesson;
        this.file = file;
        this.events = events;
        this.writer = writer;
        this.runtime = runtime;
        this.runs = new CellRuns(writer, runtime);
    }

    /** Writes the file. @throws Refusal where that is not possible, with the reason */
    void keep(Effect.Keep keep) {
        try {
            file.write(keep.rev(), keep.cells());
        } catch (UncheckedIOException e) {
            throw new Refusal(500, e.getMessage());
        }
    }

    /** @param state the one that the effect belongs to */
    void begin(Effect effect, NotebookState state) {
        switch (effect) {
            case Effect.Keep kept -> { } // before the state became true
            case Effect.Tell(WindowMessage message) -> events.tell(message.type(), message, message.moreFollows());
            case Effect.OpenWindow(Events.Window window, Object more) ->
                events.open(window, NotebookView.of(lesson, state, more), state.runtime().problems());
            case Effect.Start start -> runtime.start(start.generation());
            case Effect.Renew renew -> runtime.renew(renew.generation());
            case Effect.StartKernels start -> runtime.startKernels(start.generation());
            case Effect.RunCell cell -> runs.start(cell);
            case Effect.Remind remind -> CompletableFuture.delayedExecutor(remind.after().toMillis(), TimeUnit.MILLISECONDS, Thread.ofVirtual()::start)
                .execute(() -> writer.post(new RuntimeEvent.StillRunning(remind.run())));
            case Effect.StopCells stop -> runs.stop(stop.generation());
            case Effect.Close close -> close();
        }
    }

    private void close() {
        events.close();
        Thread.ofVirtual().name("close " + lesson).start(() -> {
            try (runtime) {
                runs.close();
            } finally {
                writer.post(new RuntimeEvent.Closed());
            }
        });
    }

    /** Something that only a mistake in the course can have caused. */
    void tellFault(RuntimeException fault) {
        var notice = new WindowMessage.Noticed(Notice.fault("This should not have happened, and is the course's fault: " + fault));
        events.tell(notice.type(), notice, notice.moreFollows());
    }
}

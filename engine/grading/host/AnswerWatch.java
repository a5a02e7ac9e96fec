package grading.host;

import grading.report.Verdict;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import lesson.Exercise;
import timing.Phases;

/**
 * Judges an exercise again after each change of its files. It never goes on to the next exercise by itself: an answer
 * can pass by accident, and then the errors of the next exercise would look like its own.
 */
public final class AnswerWatch {
    private final VerificationService service;
    private final Exercise exercise;
    private final PrintStream out;
    private final Consumer<Verdict> listener;
    private final Runnable hints;
    private final String keys;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String judged = "";

    private sealed interface Event {
        record Changed() implements Event { }

        record Key(char key) implements Event { }
    }

    /**
     * @param listener gets each verdict
     * @param hints    shows the next hint
     * @param keys     a line that says what can be pressed
     */
    public AnswerWatch(VerificationService service, Exercise exercise, PrintStream out, Consumer<Verdict> listener, Runnable hints, String keys) {
        this.service = service;
        this.exercise = exercise;
        this.out = out;
        this.listener = listener;
        this.hints = hints;
        this.keys = keys;
    }

    /** A key was pressed: Enter judges again, h gives a hint, q ends. May be called by any thread. */
    public void pressed(char key) {
        events.add(new Event.Key(key));
    }

    /**
     * Verifies once, and then after each change, until q. A file that cannot be read is named, and ends nothing.
     *
     * @throws lab.LabException where there is no database to judge on
     */
    public void run() throws InterruptedException {
        verify();
        try (var folder = new AnswerFolder(exercise.folder())) {
            var watcher = Thread.ofPlatform().daemon().name("watch").start(() -> awaitChanges(folder));
            try {
                while (handle(events.take())) {
                    out.flush();
                }
            } finally {
                watcher.interrupt();
                watcher.join();
            }
        }
    }

    private void awaitChanges(AnswerFolder folder) {
        try {
            var seen = judged;
            while (true) {
                seen = folder.awaitOther(seen);
                events.add(new Event.Changed());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean handle(Event event) throws InterruptedException {
        switch (event) {
            case Event.Changed c -> {
                if (!AnswerFolder.state(exercise.folder()).equals(judged)) {
                    verify();
                }
            }
            case Event.Key(char key) -> {
                switch (key) {
                    case '\r', '\n' -> verify();
                    case 'h' -> {
                        out.print("\n");
                        hints.run();
                        out.print("\n");
                        prompt();
                    }
                    case 'q', '\u0003', '\u0004' -> {
                        return false;
                    }
                    default -> prompt();
                }
            }
        }
        return true;
    }

    private void verify() throws InterruptedException {
        Phases.note("noticed");
        out.print("\nChecking …\n");
        out.flush();
        judged = AnswerFolder.state(exercise.folder());
        try {
            listener.accept(service.verify(exercise, exercise.folder()));
            Phases.note("shown");
            service.prepare(exercise);
        } catch (UncheckedIOException e) {
            out.print("  " + AnswerFolder.describe(e) + "\n  It is checked again as soon as that is mended.\n");
        }
        prompt();
    }

    private void prompt() {
        out.print(keys + "\n");
        out.flush();
    }
}

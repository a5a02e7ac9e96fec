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
 * can pass by accident, and whoever saw only the next exercise's errors would think them their own.
 */
public final class AnswerWatch {
    private final VerificationService service;
    private final Exercise exercise;
    private final PrintStream out;
    private final Consumer<Verdict> shows;
    private final Runnable hints;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String judged = "";

    private sealed interface Event {
        record Changed() implements Event { }

        record Key(char key) implements Event { }
    }

    /**
     * @param shows what to do with a verdict
     * @param hints shows the next hint
     */
    public AnswerWatch(VerificationService service, Exercise exercise, PrintStream out, Consumer<Verdict> shows, Runnable hints) {
        this.service = service;
        this.exercise = exercise;
        this.out = out;
        this.shows = shows;
        this.hints = hints;
    }

    /** A key was pressed: Enter judges again, h gives a hint, q ends. May be called by any thread. */
    public void pressed(char key) {
        events.add(new Event.Key(key));
    }

    /** Runs until q. */
    public void run() throws InterruptedException {
        verify();
        try (var folder = new AnswerFolder(exercise.folder())) {
            var looking = Thread.ofPlatform().daemon().name("watch").start(() -> look(folder));
            try {
                while (act(events.take())) {
                    out.flush();
                }
            } finally {
                looking.interrupt();
                looking.join();
            }
        }
    }

    private void look(AnswerFolder folder) {
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

    private boolean act(Event event) throws InterruptedException {
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
                        hints.run();
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
            shows.accept(service.verify(exercise, exercise.folder()));
            Phases.note("shown");
            service.prepare(exercise);
        } catch (UncheckedIOException e) {
            out.print("  " + AnswerFolder.describe(e) + "\n  It is checked again as soon as that is mended.\n");
        }
        prompt();
    }

    private void prompt() {
        out.print("  Enter: check again   h: hint   q: quit   (watching " + exercise.folder().getFileName() + ")\n");
        out.flush();
    }
}

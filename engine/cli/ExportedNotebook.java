package cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kernel.output.Output;
import lesson.Home;
import lesson.Lesson;
import script.LessonRun;
import script.LessonView;
import script.StepSelection;
import terminal.LessonViews;

/** What a program runs in that was exported from a notebook: the lesson's database and view, but cells of the learner's. */
public final class ExportedNotebook implements AutoCloseable {
    private final LessonRun run;

    private ExportedNotebook(LessonRun run) {
        this.run = run;
    }

    /**
     * Starts the lesson's database.
     *
     * @param clone  of the course
     * @param lesson "05-indexing"
     * @param steps  what the program announces, in order
     * @param args   {@code --db WORD}, or nothing
     */
    public static ExportedNotebook begin(String clone, String lesson, List<String> steps, String... args) {
        script.LogLines.collect();
        var words = Arrays.asList(args);
        var at = words.indexOf("--db");
        var database = at >= 0 && at + 1 < words.size() ? words.get(at + 1) : "auto";
        var opened = new Home(Path.of(clone)).lesson(lesson);
        var view = new StepNameView(LessonViews.of(opened.home().root(), true), System.out);
        view.opened(opened);
        return new ExportedNotebook(new LessonRun(opened, database, StepSelection.all(steps), view));
    }

    @Override public void close() throws Exception {
        try (run) {
            run.finish();
        }
    }

    /** Shows of a step its name alone: the prose of the lesson is about its own steps, and these may be others. */
    private record StepNameView(LessonView view, PrintStream out) implements LessonView {
        @Override public void opened(Lesson lesson) {
            view.opened(lesson);
        }

        @Override public void progress(String line) {
            view.progress(line);
        }

        @Override public void connected(String server) {
            view.connected(server);
        }

        @Override public void entered(LessonRun run, String step) {
            out.println("\n── " + step + "\n");
        }

        @Override public void shown(Output output) {
            view.shown(output);
        }

        @Override public void left(LessonRun run, String step) { }

        @Override public void closed() {
            view.closed();
        }
    }
}

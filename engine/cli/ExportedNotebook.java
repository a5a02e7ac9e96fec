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

/** The frame of a program that was exported from a notebook: a lesson's database and the words of a lesson, but cells of the learner's. */
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
        var told = new Home(Path.of(clone)).lesson(lesson);
        var stage = new Plainly(LessonViews.of(told.home().root(), true), System.out);
        stage.opened(told);
        return new ExportedNotebook(new LessonRun(told, database, StepSelection.all(steps), stage));
    }

    @Override public void close() throws Exception {
        try (run) {
            run.finish();
        }
    }

    /** The page tells of the lesson's steps, and these may be others. */
    private record Plainly(LessonView view, PrintStream out) implements LessonView {
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

package cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kernel.output.Output;
import lesson.Home;
import lesson.Lesson;
import script.Run;
import script.Selection;
import script.Stage;
import terminal.Stages;

/** The frame of a program that was exported from a notebook: a lesson's database and the words of a lesson, but cells of the learner's. */
public final class Exported implements AutoCloseable {
    private final Run run;

    private Exported(Run run) {
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
    public static Exported begin(String clone, String lesson, List<String> steps, String... args) {
        script.LogLines.collect();
        var words = Arrays.asList(args);
        var at = words.indexOf("--db");
        var database = at >= 0 && at + 1 < words.size() ? words.get(at + 1) : "auto";
        var told = new Home(Path.of(clone)).lesson(lesson);
        var stage = new Plainly(Stages.of(told.home().root(), true), System.out);
        stage.opened(told);
        return new Exported(new Run(told, database, Selection.all(steps), stage));
    }

    @Override public void close() throws Exception {
        try (run) {
            run.finish();
        }
    }

    /** The page tells of the lesson's steps, and these may be others. */
    private record Plainly(Stage stage, PrintStream out) implements Stage {
        @Override public void opened(Lesson lesson) {
            stage.opened(lesson);
        }

        @Override public void progress(String line) {
            stage.progress(line);
        }

        @Override public void connected(String server) {
            stage.connected(server);
        }

        @Override public void entered(Run run, String step) {
            out.println("\n── " + step + "\n");
        }

        @Override public void shown(Output output) {
            stage.shown(output);
        }

        @Override public void left(Run run, String step) { }

        @Override public void closed() {
            stage.closed();
        }
    }
}

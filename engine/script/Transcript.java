package script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kernel.output.Output;
import lab.Database;
import lab.Progress;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;

/** Writes down what a lesson shows, step by step, and shows it to nobody: for recordings and for checks. */
public final class Transcript implements LessonView {
    private final Map<String, List<Output>> steps = new LinkedHashMap<>();
    private final Progress progress;
    private List<Output> current = new ArrayList<>();
    private String server = "";

    public Transcript(Progress progress) {
        this.progress = progress;
    }

    /** Runs a lesson from start to end. */
    public static Transcript of(Lesson lesson, String db, Progress progress) throws Exception {
        return of(lesson, db, progress, Companion.NONE, _ -> { });
    }

    /** Does something of its own while a lesson runs. */
    public interface Companion {
        /** Does nothing. */
        Companion NONE = _ -> () -> { };

        /** Before the first step. What it gives is closed after the last, and where the lesson fails. */
        AutoCloseable begin(Database database) throws Exception;
    }

    /** Looks at a lesson's database when the lesson is over, before it is gone. */
    public interface LastLook {
        /** The database as the step has left it. */
        void at(Database database) throws Exception;
    }

    /** The same beside a companion; {@code last} sees the database when the last step is over. */
    public static Transcript of(Lesson lesson, String db, Progress progress, Companion companion, LastLook last) throws Exception {
        var transcript = new Transcript(progress);
        var steps = Program.regions(lesson.program()).stream().map(Region::id).toList();
        try (var run = new LessonRun(lesson, db, StepSelection.all(steps), transcript); var _ = companion.begin(run.database())) {
            LessonProgram.of(lesson).run();
            run.finish();
            last.at(run.database());
        }
        return transcript;
    }

    /** "PostgreSQL 18.6 (embedded, port 40123)": what the lesson ran on. */
    public String server() {
        return server;
    }

    /** The outputs of each step that was shown, in order. */
    public Map<String, List<Output>> steps() {
        return steps;
    }

    @Override public void opened(Lesson lesson) { }

    @Override public void progress(String line) {
        progress.say(line);
    }

    @Override public void connected(String server) {
        this.server = server;
    }

    @Override public void entered(LessonRun run, String step) {
        current = new ArrayList<>();
        steps.put(step, current);
    }

    @Override public void shown(Output output) {
        current.add(output);
    }

    @Override public void left(LessonRun run, String step) { }

    @Override public void closed() { }
}

package terminal.prompt;

import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import kernel.output.Output;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;
import script.LessonProgram;
import script.LessonRun;
import script.LessonView;
import script.StepSelection;

/** A lesson of two steps, one of Java and one of SQL, that runs on a real server. */
final class SampleLesson {
    private static final String PROGRAM = """
        import module java.base;
        import module java.sql;
        import static script.Script.*;

        record Point(int size, double ms) { }

        int twice(int x) {
            return 2 * x;
        }

        void main(String... args) throws Exception {
            begin("02-sample", args);
            Map<String, List<Integer>> sizes = Map.of("small", List.of(1, 2));
            var count = 3;
            var counter = new java.util.concurrent.atomic.AtomicInteger();
            step("java-step");   // tag::java-step[]
            show("ran " + counter.incrementAndGet() + " " + twice(count));
            // end::java-step[]
            sql("sql-step", \"""
                -- tag::sql-step[]
                select 1 as one;
                -- end::sql-step[]
                \""");
        }
        """;

    private SampleLesson() { }

    /** Runs the program in this folder and calls the check at the pause behind a step. */
    static void atTheEndOf(String step, Path root, BiConsumer<LessonRun, List<Output>> check) throws Exception {
        var folder = Files.createDirectories(root.resolve("lessons/02-sample"));
        Files.writeString(folder.resolve("lesson02.java"), PROGRAM);
        var lesson = new Lesson(new Home(root), "02", "sample");
        var steps = Program.regions(lesson.program()).stream().map(Region::id).toList();
        var stage = new Checking(step, check);
        try (var run = new LessonRun(lesson, "embedded", StepSelection.all(steps), stage)) {
            LessonProgram.of(lesson).run();
            run.finish();
        }
        assertTrue(stage.checked, "the step was never left");
    }

    /** Keeps what is shown and runs the check when the step is over. */
    private static final class Checking implements LessonView {
        private final String step;
        private final BiConsumer<LessonRun, List<Output>> check;
        private final List<Output> shown = new ArrayList<>();
        private boolean checked;

        Checking(String step, BiConsumer<LessonRun, List<Output>> check) {
            this.step = step;
            this.check = check;
        }

        @Override public void opened(Lesson lesson) { }

        @Override public void progress(String line) { }

        @Override public void connected(String server) { }

        @Override public void entered(LessonRun run, String id) { }

        @Override public void shown(Output output) {
            shown.add(output);
        }

        @Override public void left(LessonRun run, String id) {
            if (id.equals(step)) {
                checked = true;
                check.accept(run, shown);
            }
        }

        @Override public void closed() { }
    }
}

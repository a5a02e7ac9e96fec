package cli;

import java.util.List;
import java.util.concurrent.Callable;
import lesson.Home;
import lesson.Program;
import lesson.Region;
import lesson.UnknownName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import script.LessonFailed;
import script.LessonProgram;
import script.Run;
import script.Selection;
import terminal.Stages;

/** {@code lesson02}: runs a lesson in the terminal. */
@Command(name = "lesson", description = "Run a lesson, step by step.", mixinStandardHelpOptions = true)
final class LessonCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN", description = "the lesson's number") String number;
    @Mixin DatabaseOption db;
    @Option(names = "--no-pause", description = "run straight through") boolean noPause;
    @Option(names = "--from", paramLabel = "STEP", description = "start here; earlier steps run silently") String from;
    @Option(names = "--only", paramLabel = "STEP", description = "show this step alone") String only;
    @Option(names = "--list", description = "print the steps and stop") boolean list;

    @Override public Integer call() throws Exception {
        var lesson = Home.here().lesson(number);
        var steps = Program.regions(lesson.program()).stream().map(Region::id).toList();
        if (list) {
            steps.forEach(System.out::println);
            return Main.OK;
        }
        var stage = bench.Stopwatch.around(Stages.of(lesson.home().root(), noPause));
        stage.opened(lesson);
        try (var run = new Run(lesson, db.checked(), selection(steps), stage)) {
            LessonProgram.of(lesson).run();
            run.finish();
            return Main.OK;
        } catch (LessonFailed failed) {
            System.err.println("The lesson claims: " + failed.claim() + "\nPostgreSQL did: " + failed.actual());
            return Main.FAILED;
        }
    }

    private Selection selection(List<String> steps) {
        if (only != null) {
            return Selection.only(known(only, steps), steps);
        }
        return from == null ? Selection.all(steps) : Selection.from(known(from, steps), steps);
    }

    private static String known(String step, List<String> steps) {
        if (!steps.contains(step)) {
            throw UnknownName.of("step", step, steps);
        }
        return step;
    }
}

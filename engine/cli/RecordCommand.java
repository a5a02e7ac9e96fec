package cli;

import book.Recorder;
import grading.mutation.MutationRun;
import grading.mutation.Score;
import java.util.List;
import java.util.concurrent.Callable;
import lesson.Home;
import lesson.Lesson;
import lesson.MutantScores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code record}: runs lessons and writes down what they show; or how their verifiers do against mutants. */
@Command(name = "record", description = "Run lessons and record what they show.", mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN", arity = "0..*", description = "the lessons (default: all)") List<String> numbers = List.of();
    @Mixin DatabaseOption db;
    @Option(names = "--mutants", description = "record how many mutants of the solutions the verifiers refuse instead") boolean mutants;

    @Override public Integer call() throws Exception {
        var home = Home.here();
        var lessons = numbers.isEmpty() ? home.lessons() : numbers.stream().map(home::lesson).toList();
        for (var lesson : lessons) {
            if (mutants && !recordMutants(lesson)) {
                return Main.FAILED;
            }
            if (!mutants) {
                record(lesson);
            }
        }
        return Main.OK;
    }

    /** A verifier with gaps is mended first, and then recorded. */
    private boolean recordMutants(Lesson lesson) {
        var exercises = lesson.home().exercises(lesson);
        if (exercises.isEmpty()) {
            return true;
        }
        var scores = MutationRun.run(exercises, db.checked(), System.err::println, score ->
            System.out.print((score.complaint().isEmpty() ? "✓ " : "✗ ") + score.line() + "\n" + score.details(false).indent(4)));
        if (scores.stream().anyMatch(score -> !score.complaint().isEmpty())) {
            System.out.println("Nothing is recorded as long as a mutant passes that is not listed as equivalent.");
            return false;
        }
        new MutantScores(lesson.id(), scores.stream().map(Score::recorded).toList()).write(lesson);
        System.out.println("Recorded " + MutantScores.file(lesson) + "; `./jbang docs` puts it into the book");
        return true;
    }

    private void record(Lesson lesson) throws Exception {
        Recorder.record(lesson, db.checked(), System.out::println).write(lesson.recording());
        System.out.println("Recorded " + lesson.recording() + "; `./jbang docs` puts it into the book");
    }
}

package cli;

import book.Recorder;
import book.Recording;
import elsewhere.RecordedSums;
import elsewhere.ToolProgram;
import elsewhere.ToolRun;
import grading.mutation.MutationRun;
import grading.mutation.Score;
import grading.selftest.ExerciseSelfTests;
import grading.selftest.RecordedAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lesson.Home;
import lesson.Lesson;
import lesson.MutantScores;
import org.apache.commons.cli.Option;

/** {@code record}: runs lessons and writes down what they show; or how their verifiers do against answers and mutants, or what other tools print. */
final class RecordCommand extends Command {
    private static final Option ANSWERS = flag("answers", "judge starters, right and wrong answers and record that the verdicts are right instead");

    private static final Option MUTANTS = flag("mutants", "record how many mutants of the solutions the verifiers refuse instead");

    private static final Option ELSEWHERE = flag("elsewhere", "record what the programs of other tools beside the lessons print instead");

    RecordCommand() {
        super("record", "Run lessons and record what they show.", Arguments.any("NN", "the lessons (default: all)"), DATABASE, ANSWERS, MUTANTS, ELSEWHERE);
    }

    @Override protected List<Option> alternatives() {
        return List.of(ANSWERS, MUTANTS, ELSEWHERE);
    }

    @Override protected int run(ParsedArguments arguments) throws Exception {
        var home = Home.here();
        var numbers = arguments.words();
        var lessons = numbers.isEmpty() ? home.lessons() : numbers.stream().map(home::lesson).toList();
        for (var lesson : lessons) {
            if (!record(lesson, arguments)) {
                return Main.FAILED;
            }
        }
        return Main.OK;
    }

    private static boolean record(Lesson lesson, ParsedArguments arguments) throws Exception {
        if (arguments.has(ANSWERS)) {
            return recordAnswers(lesson, arguments.database());
        }
        if (arguments.has(MUTANTS)) {
            return recordMutants(lesson, arguments.database());
        }
        if (arguments.has(ELSEWHERE)) {
            recordElsewhere(lesson, arguments.database());
        } else {
            record(lesson, arguments.database());
        }
        return true;
    }

    /** Judges what has not been judged as it is now. */
    private static boolean recordAnswers(Lesson lesson, String database) {
        var unknown = RecordedAnswers.missing(lesson.home().exercises(lesson));
        var sums = unknown.stream().collect(Collectors.toMap(exercise -> exercise, RecordedAnswers::sum));
        var wrong = ExerciseSelfTests.run(unknown, database, 1, System.err::println, result -> { }).stream().filter(result -> !result.passed()).toList();
        wrong.forEach(result -> System.out.println("✗ " + result.name() + "\n  " + result.message().indent(2).strip()));
        sums.keySet().removeIf(exercise -> wrong.stream().anyMatch(result -> result.isOf(exercise)));
        RecordedAnswers.add(lesson, sums);
        System.out.println("Recorded " + RecordedAnswers.file(lesson) + ": " + sums.size() + " of " + unknown.size() + " exercises that were not judged as they are");
        return wrong.isEmpty();
    }

    /** Judges what has no score as it is now. A verifier with gaps is mended first, and then recorded. */
    private static boolean recordMutants(Lesson lesson, String database) {
        var exercises = lesson.home().exercises(lesson);
        var unknown = exercises.stream().filter(exercise -> MutantScores.of(exercise).isEmpty()).toList();
        if (unknown.isEmpty()) {
            return true;
        }
        var scores = MutationRun.run(unknown, database, System.err::println, score -> System.out.print(score.report(false)));
        var passed = scores.stream().filter(Score::passed).collect(Collectors.toMap(Score::exercise, Score::recorded));
        new MutantScores(lesson.id(), exercises.stream()
            .flatMap(exercise -> Optional.ofNullable(passed.get(exercise)).or(() -> MutantScores.of(exercise)).stream()).toList()).write(lesson);
        System.out.println("Recorded " + MutantScores.file(lesson) + "; `./jbang docs` puts it into the book");
        if (passed.size() < unknown.size()) {
            System.out.println("Of an exercise nothing is recorded as long as a mutant passes that is not listed as equivalent.");
        }
        return passed.size() == unknown.size();
    }

    /** Runs what is not recorded as it is now. The sums are written when all of it has run. */
    private static void recordElsewhere(Lesson lesson, String database) throws IOException, InterruptedException {
        var recorded = RecordedSums.of(lesson);
        var now = RecordedSums.now(lesson);
        for (var program : ToolProgram.of(lesson)) {
            if (!recorded.fit(program, now)) {
                Files.writeString(program.recording(), ToolRun.output(program, database));
                System.out.println("Recorded " + program.recording() + "; `./jbang docs` puts it into the book");
            }
        }
        if (!recorded.equals(RecordedSums.now(lesson))) {
            RecordedSums.now(lesson).write(lesson);
        }
    }

    private static void record(Lesson lesson, String database) throws Exception {
        var before = Recording.read(lesson.recording());
        var now = Recorder.record(lesson, database, System.out::println);
        now.write(lesson.recording());
        before.map(now::skippedSince).orElse(List.of()).forEach(step -> System.out.println("The step " + step
            + " was recorded before and cannot run on " + now.provider() + ": record with another --db, or the book loses what it showed"));
        System.out.println("Recorded " + lesson.recording() + "; `./jbang docs` puts it into the book");
    }
}

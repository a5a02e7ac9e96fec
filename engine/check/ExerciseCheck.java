package check;

import grading.selftest.ExerciseSelfTests;
import grading.selftest.RecordedAnswers;
import java.util.List;
import java.util.function.Function;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;

/** Every exercise: its starter fails, its solution passes, its wrong answers are refused. {@code grading.selftest} does the work. */
final class ExerciseCheck {
    private ExerciseCheck() { }

    static List<Result> of(List<Exercise> exercises, String db) {
        return results(ExerciseSelfTests.run(exercises, db, 1, Progress.SILENT, result -> { }));
    }

    /** The same with a few of the right and wrong answers; that all were judged is {@link #unrecorded}'s. */
    static List<Result> sample(Home home, String db) {
        return ofTwoTries(home.exercises(), some -> ExerciseSelfTests.sample(home, some, db));
    }

    /** Exercises whose answers have not all been judged as they are now. */
    static List<String> unrecorded(Home home) {
        return home.lessons().stream().flatMap(lesson -> RecordedAnswers.missing(home.exercises(lesson)).stream()
            .map(exercise -> RecordedAnswers.file(lesson) + " does not say that the answers of exercise " + exercise.id()
                + " were judged as they are; run `./jbang record --answers " + lesson.number() + "`")).toList();
    }

    /** Solutions pass, on one more kind of database. A verifier refuses there what it refuses here. */
    static List<Result> solutions(List<Exercise> exercises, String db) {
        return ofTwoTries(exercises, some -> ExerciseSelfTests.solutions(some, db));
    }

    /** Exercises of which something failed are judged once more when all others are done. */
    private static List<Result> ofTwoTries(List<Exercise> exercises, Function<List<Exercise>, List<ExerciseSelfTests.Result>> check) {
        var judged = check.apply(exercises);
        var failed = exercises.stream().filter(exercise -> judged.stream().anyMatch(result -> !result.passed() && result.isOf(exercise))).toList();
        return Result.orAgain(results(judged), () -> results(check.apply(failed)));
    }

    private static List<Result> results(List<ExerciseSelfTests.Result> judged) {
        return judged.stream().map(r -> new Result(r.name(), r.passed(), r.message(), r.took())).toList();
    }
}

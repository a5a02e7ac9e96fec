package check;

import grading.selftest.ExerciseSelfTests;
import java.util.List;
import java.util.function.Function;
import lab.Progress;
import lesson.Exercise;

/** Every exercise: its starter fails, its solution passes, its wrong answers are refused. {@code grading.selftest} does the work. */
final class ExerciseCheck {
    private ExerciseCheck() { }

    static List<Result> of(List<Exercise> exercises, String db) {
        return results(ExerciseSelfTests.run(exercises, db, 1, Progress.SILENT, result -> { }));
    }

    /** The same with a few of the wrong answers: each check refuses one, and each promise is broken by one. */
    static List<Result> sample(List<Exercise> exercises, String db) {
        return ofTwoTries(exercises, some -> ExerciseSelfTests.sample(some, db));
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

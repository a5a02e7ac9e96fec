package check;

import grading.selftest.ExerciseSelfTests;
import java.util.List;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;

/** Every exercise: its starter fails, its solution passes, its wrong answers are refused. {@code grading.selftest} does the work. */
final class ExerciseCheck {
    private ExerciseCheck() { }

    static List<Result> of(List<Exercise> exercises, String db) {
        return results(ExerciseSelfTests.run(exercises, db, 1, Progress.SILENT, result -> { }));
    }

    /** The same with a few of the wrong answers: each check refuses one, and each promise is broken by one. */
    static List<Result> sample(List<Exercise> exercises, String db) {
        return results(ExerciseSelfTests.sample(exercises, db));
    }

    /** Solutions pass, on one more kind of database. A verifier refuses there what it refuses here. */
    static List<Result> solutions(Home home, String db) {
        return results(ExerciseSelfTests.runSolutions(home, db));
    }

    private static List<Result> results(List<ExerciseSelfTests.Result> judged) {
        return judged.stream().map(r -> new Result(r.name(), r.passed(), r.message(), r.took())).toList();
    }
}

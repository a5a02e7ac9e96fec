package grading.selftest;

import grading.host.VerificationPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;

/** Checks the exercises themselves, several at a time. {@link ExerciseSelfTest} has what must be true of each. */
public final class ExerciseSelfTests {
    private static final int LONGEST = 10;

    private ExerciseSelfTests() { }

    /**
     * @param message empty where it passed
     * @param took    with what had to be judged for it
     */
    public record Result(String name, boolean passed, String message, Duration took) {
        /** "02.1 bounded-pool". */
        String exercise() {
            return name.substring(0, name.indexOf(": "));
        }

        /** Whether it is about this exercise. */
        public boolean isOf(Exercise exercise) {
            return exercise().equals(ExerciseSelfTest.name(exercise));
        }
    }

    /** Only whether solutions pass, where everything has been checked on another database before. */
    public static List<Result> solutions(List<Exercise> exercises, String db) {
        return each(exercises, db, Progress.SILENT, (service, exercise) -> new ExerciseSelfTest(service, 1).solution(exercise));
    }

    /**
     * Checks these exercises.
     *
     * @param times how often each answer is judged; the verdict must be right each time
     * @param listener gets the results of each exercise when it is done, from one thread at a time
     * @throws lab.LabException where there is no database to judge on
     */
    public static List<Result> run(List<Exercise> exercises, String db, int times, Progress progress, Consumer<Result> listener) {
        return each(exercises, db, progress, (service, exercise) -> {
            var results = new ExerciseSelfTest(service, times).all(exercise);
            synchronized (listener) {
                results.forEach(listener);
            }
            return results;
        });
    }

    /**
     * The same, once each, with a few of the answers. All of them take longer than everything else together, and were judged when they were
     * recorded; the record is of just these answers and this verifier, or {@link RecordedAnswers#missing} says so. What a verifier stands on
     * may have changed since, and that shows in a few as well: in others whenever something that is recorded changes.
     *
     * @param home theirs
     */
    public static List<Result> sample(Home home, List<Exercise> exercises, String db) {
        var state = RecordedAnswers.state(home);
        return each(exercises, db, Progress.SILENT, (service, exercise) -> new ExerciseSelfTest(service, 1).sample(exercise, state));
    }

    /** The exercises that took longest, a line each: where the time of a self-check goes. */
    public static List<String> longest(List<Result> results) {
        var sums = new TreeMap<String, Duration>();
        results.forEach(result -> sums.merge(result.exercise(), result.took(), Duration::plus));
        return sums.entrySet().stream().sorted(Map.Entry.<String, Duration>comparingByValue().reversed()).limit(LONGEST)
            .map(sum -> "%5.1f s  %s".formatted(sum.getValue().toMillis() / 1e3, sum.getKey())).toList();
    }

    private static List<Result> each(List<Exercise> exercises, String db, Progress progress, VerificationPool.Work<List<Result>> work) {
        return VerificationPool.each(exercises, ExerciseSelfTest::answers, db, progress, work).stream().flatMap(List::stream).toList();
    }
}

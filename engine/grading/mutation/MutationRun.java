package grading.mutation;

import grading.host.VerificationPool;
import java.util.List;
import java.util.function.Consumer;
import lab.Progress;
import lesson.Exercise;

/** Has the mutants of exercises verified. */
public final class MutationRun {
    private static final int ALL = 60;
    private static final int SAMPLE = 2;

    private MutationRun() { }

    /**
     * Verifies them on several servers at once, at most 60 of an exercise.
     *
     * @param db       the word after {@code --db}
     * @param listener gets each score as it comes, in no order
     * @return a score for each exercise, in order
     */
    public static List<Score> run(List<Exercise> exercises, String db, Progress progress, Consumer<Score> listener) {
        return run(exercises, ALL, db, progress, listener);
    }

    /** The same with a few of each exercise, of as many rules as may be: always the same ones of the same solution. */
    public static List<Score> sample(List<Exercise> exercises, String db, Progress progress, Consumer<Score> listener) {
        return run(exercises, SAMPLE, db, progress, listener);
    }

    private static List<Score> run(List<Exercise> exercises, int most, String db, Progress progress, Consumer<Score> listener) {
        return VerificationPool.each(exercises, exercise -> Mutants.of(exercise, most).chosen().size(), db, progress, (service, exercise) -> {
            var score = new MutantVerifications(exercise, service, most).score();
            synchronized (listener) {
                listener.accept(score);
            }
            return score;
        });
    }
}

package grading.mutation;

import grading.host.VerificationPool;
import java.util.List;
import java.util.function.Consumer;
import lab.Progress;
import lesson.Exercise;

/** Has the mutants of exercises verified. */
public final class MutationRun {
    /** How many mutants of an exercise are verified at most. */
    static final int MAX_MUTANTS = 60;

    private MutationRun() { }

    /**
     * Verifies them on several servers at once.
     *
     * @param db       the word after {@code --db}
     * @param listener gets each score as it comes, in no order
     * @return a score for each exercise, in order
     */
    public static List<Score> run(List<Exercise> exercises, String db, Progress progress, Consumer<Score> listener) {
        return VerificationPool.each(exercises, exercise -> Mutants.of(exercise, MAX_MUTANTS).chosen().size(), db, progress, (service, exercise) -> {
            var score = new MutantVerifications(exercise, service).score();
            synchronized (listener) {
                listener.accept(score);
            }
            return score;
        });
    }
}

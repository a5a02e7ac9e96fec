package grading.mutation;

import grading.host.VerificationPool;
import java.util.List;
import java.util.function.Consumer;
import lab.Progress;
import lesson.Exercise;

/** Has the mutants of exercises judged. */
public final class MutationRun {
    /** Mutants of an exercise that are judged at most. */
    static final int MOST = 60;

    private MutationRun() { }

    /**
     * @param db    the word after {@code --db}
     * @param hears gets each score as it comes, in no order
     * @return a score for each exercise, in order
     */
    public static List<Score> run(List<Exercise> exercises, String db, Progress progress, Consumer<Score> hears) {
        return VerificationPool.each(exercises, exercise -> Mutants.of(exercise, MOST).chosen().size(), db, progress, (service, exercise) -> {
            var score = new MutantVerifications(exercise, service).score();
            synchronized (hears) {
                hears.accept(score);
            }
            return score;
        });
    }
}

package grading.mutation;

import grading.Judge;
import grading.Judges;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        var scores = Judges.each(longestFirst(exercises), () -> Judge.open(db, progress), (judge, exercise) -> {
            var score = new MutantTrials(exercise, judge).score();
            synchronized (hears) {
                hears.accept(score);
            }
            return score;
        });
        return scores.stream().sorted(Comparator.comparing(score -> exercises.indexOf(score.exercise()))).toList();
    }

    /** So that no judge is busy alone at the end. */
    private static List<Exercise> longestFirst(List<Exercise> exercises) {
        Map<Exercise, Integer> mutants = new HashMap<>();
        exercises.forEach(exercise -> mutants.put(exercise, Mutants.of(exercise, MOST).chosen().size()));
        return exercises.stream().sorted(Comparator.comparing((Exercise exercise) -> -mutants.get(exercise))).toList();
    }
}

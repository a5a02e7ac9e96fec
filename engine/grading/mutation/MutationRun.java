package grading.mutation;

import grading.Judge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import lab.LabException;
import lab.Progress;
import lesson.Exercise;

/** Has the mutants of exercises judged, by two judges side by side where there is work for them. */
public final class MutationRun {
    /** Mutants of an exercise that are judged at most. */
    static final int MOST = 60;
    private static final int JUDGES = Math.min(2, Runtime.getRuntime().availableProcessors());

    private MutationRun() { }

    /**
     * @param db    the word after {@code --db}
     * @param hears gets each score as it comes, in no order
     * @return a score for each exercise, in order
     */
    public static List<Score> run(List<Exercise> exercises, String db, Progress progress, Consumer<Score> hears) {
        var waiting = new ConcurrentLinkedQueue<>(longestFirst(exercises));
        Map<Exercise, Score> scores = new HashMap<>();
        var judges = Math.min(JUDGES, exercises.size());
        try (var threads = Executors.newFixedThreadPool(judges, Thread.ofPlatform().name("mutants-", 0).factory())) {
            var work = new ArrayList<Future<Void>>();
            for (int i = 0; i < judges; i++) {
                work.add(threads.submit(() -> judge(waiting, db, progress, score -> {
                    synchronized (scores) {
                        scores.put(score.exercise(), score);
                        hears.accept(score);
                    }
                })));
            }
            for (var one : work) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while judging mutants", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LabException lab ? lab : new LabException("mutants could not be judged: " + e.getCause(), e.getCause());
        }
        return exercises.stream().map(scores::get).toList();
    }

    /** So that no judge is busy alone at the end. */
    private static List<Exercise> longestFirst(List<Exercise> exercises) {
        Map<Exercise, Integer> mutants = new HashMap<>();
        exercises.forEach(exercise -> mutants.put(exercise, Mutants.of(exercise, MOST).chosen().size()));
        return exercises.stream().sorted(Comparator.comparing((Exercise exercise) -> -mutants.get(exercise))).toList();
    }

    private static Void judge(ConcurrentLinkedQueue<Exercise> waiting, String db, Progress progress, Consumer<Score> hears) throws InterruptedException {
        try (var judge = Judge.open(db, progress)) {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                hears.accept(new MutantTrials(next, judge).score());
            }
        }
        return null;
    }
}

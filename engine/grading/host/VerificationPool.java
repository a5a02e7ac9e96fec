package grading.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import lab.LabException;
import lab.Progress;
import lab.provider.Providers;
import lesson.Exercise;

/** Several {@link VerificationService}s side by side, each with a server and a worker of its own, for many exercises. */
public final class VerificationPool {
    /** Half of the time a verification waits, for locks, timeouts and each other's sessions; two processors have time for three. */
    private static final int MAX_SERVICES = Math.min(3, Runtime.getRuntime().availableProcessors() + 1);

    private VerificationPool() { }

    /** What is done for an exercise. */
    public interface Work<R> {
        /** What comes of it. No other work has this service meanwhile. */
        R with(VerificationService service, Exercise exercise) throws InterruptedException;
    }

    /**
     * Does the work for each exercise on whichever service is free. The largest work begins first, so that no service is busy alone
     * at the end.
     *
     * @param effort how much work an exercise is, compared to the others
     * @param db     the word after {@code --db}
     * @return the results, in the order of the exercises
     * @throws LabException where a service could not work at all
     */
    public static <R> List<R> each(List<Exercise> exercises, ToIntFunction<Exercise> effort, String db, Progress progress, Work<R> work) {
        var settled = Providers.resolve(db, progress);
        var results = exercises.stream().map(exercise -> new Task<R>(exercise, new CompletableFuture<>())).toList();
        var waiting = new ConcurrentLinkedQueue<>(largestFirst(results, effort));
        try (var threads = Executors.newFixedThreadPool(MAX_SERVICES, Thread.ofPlatform().name("verification-", 0).factory())) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < Math.min(MAX_SERVICES, exercises.size()); i++) {
                running.add(threads.submit(() -> verify(waiting, settled, progress, work)));
            }
            for (var one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while verifying", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LabException lab ? lab : new LabException("could not verify: " + e.getCause(), e.getCause());
        }
        return results.stream().map(task -> task.result().join()).toList();
    }

    private static <R> List<Task<R>> largestFirst(List<Task<R>> tasks, ToIntFunction<Exercise> effort) {
        var efforts = new HashMap<Exercise, Integer>();
        tasks.forEach(task -> efforts.put(task.exercise(), effort.applyAsInt(task.exercise())));
        return tasks.stream().sorted(Comparator.comparing(task -> -efforts.get(task.exercise()))).toList();
    }

    private record Task<R>(Exercise exercise, CompletableFuture<R> result) { }

    private static <R> Void verify(ConcurrentLinkedQueue<Task<R>> waiting, String db, Progress progress, Work<R> work) throws InterruptedException {
        try (var service = VerificationService.open(db, progress)) {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                next.result().complete(work.with(service, next.exercise()));
            }
        }
        return null;
    }
}

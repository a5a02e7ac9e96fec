package grading;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lab.Database;
import lab.LabException;
import lab.Progress;
import lab.Redis;
import lesson.Exercise;

/**
 * Judges answers. It keeps warm what costs time: a server, a worker JVM, the template of each exercise and clones of
 * the last one. Server and worker start at once and side by side; an answer that does not compile is refused before
 * the server is there.
 */
public final class Judge implements AutoCloseable {
    private static final int DATABASE_SECONDS = 120;
    private static final int MOST_AHEAD = 4;
    private final Limits limits;
    private final Workers workers;
    // One thread for all that touches the server: the order is kept, and tidying up is off the learner's path.
    private final ExecutorService databases = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("databases").factory());
    private final CompletableFuture<Ground> ground;
    private final Map<String, ArrayDeque<Database>> prepared = new HashMap<>();
    private final Map<String, Integer> needed = new ConcurrentHashMap<>();

    private Judge(String db, Progress progress, Limits limits) {
        this.limits = limits;
        Phases.note("begun");
        workers = new Workers(limits);
        ground = CompletableFuture.supplyAsync(() -> Ground.open(db, progress), databases);
        ground.thenAccept(open -> workers.meet(open.elsewhere()));
    }

    /**
     * Returns at once; what fails in the lab is thrown by {@link #verify}.
     *
     * @param db the word after {@code --db}
     */
    public static Judge open(String db, Progress progress) {
        return open(db, progress, Limits.USUAL);
    }

    static Judge open(String db, Progress progress, Limits limits) {
        return new Judge(db, progress, limits);
    }

    /**
     * Judges the files of a folder as an answer to an exercise, in bounded time whatever they do.
     *
     * @throws LabException if there is no database to judge on
     */
    public Verdict verify(Exercise exercise, Path folder) throws InterruptedException {
        return judge(exercise, folder, Trial.Extent.WHOLE);
    }

    /** The same, but no further than to the first check that does not pass: enough to know whether the answer does. */
    public Verdict refute(Exercise exercise, Path folder) throws InterruptedException {
        return judge(exercise, folder, Trial.Extent.FIRST_REFUSAL);
    }

    private synchronized Verdict judge(Exercise exercise, Path folder, Trial.Extent extent) throws InterruptedException {
        var database = databases.submit(() -> take(exercise));
        Phases.note("judge");
        var clones = new TrialDatabases(new Server(exercise), database);
        var trial = new Trial(exercise, folder, extent, limits, workers.take(), clones);
        var verdict = trial.run();
        needed.merge(exercise.id(), clones.count(), Math::max);
        if (trial.workerIsDoubtful()) {
            workers.replace();
        }
        return verdict;
    }

    /** Makes ready what the next verification would wait for: clones, as many as one has needed, and a worker that is warm. */
    public void prepare(Exercise exercise) {
        databases.submit(() -> {
            var ready = prepared(exercise);
            while (ready.size() < Math.clamp(needed.getOrDefault(exercise.id(), 1), 1, MOST_AHEAD)) {
                ready.add(make(exercise));
            }
            return ready;
        });
        workers.rehearse(exercise.verifier().toString(), Trial.javaSources(exercise.folder()));
    }

    private ArrayDeque<Database> prepared(Exercise exercise) {
        return prepared.computeIfAbsent(exercise.id(), id -> new ArrayDeque<>());
    }

    private Database take(Exercise exercise) {
        var ready = prepared(exercise).poll();
        return ready != null ? ready : make(exercise);
    }

    private Database make(Exercise exercise) {
        try {
            return ground.join().take(exercise);
        } catch (SQLException e) {
            throw new LabException("could not clone the database of exercise " + exercise.id() + ": " + e.getMessage(), e);
        }
    }

    /** What a trial asks of the server. */
    private final class Server implements TrialDatabases.Server {
        private final Exercise exercise;

        private Server(Exercise exercise) {
            this.exercise = exercise;
        }

        @Override public Database another() throws InterruptedException {
            return await(databases.submit(() -> take(exercise)));
        }

        @Override public Clone as(Database database) {
            return ground.join().as(database);
        }

        @Override public Redis redis() throws InterruptedException {
            return await(databases.submit(() -> ground.join().redis()));
        }

        @Override public String version() {
            return ground.join().version();
        }

        @Override public boolean exists(Database database) throws InterruptedException {
            return await(databases.submit(() -> ground.join().exists(database)));
        }

        @Override public void keep(Future<Database> unused) {
            databases.submit(() -> prepared(exercise).add(unused.get()));
        }

        @Override public void giveBack(Database used) {
            databases.submit(() -> {
                ground.join().giveBack(used);
                return used;
            });
        }
    }

    static <T> T await(Future<T> work) throws InterruptedException {
        try {
            return work.get(DATABASE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            for (Throwable at = e; at != null; at = at.getCause()) {
                if (at instanceof LabException lab) {
                    throw lab;
                }
            }
            throw new LabException("the database did not do its part: " + e.getCause().getMessage(), e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new LabException("the database did not answer within " + DATABASE_SECONDS + " s; look at it with `./jbang doctor`", e);
        }
    }

    @Override public void close() {
        workers.close();
        databases.submit(() -> ground.isCompletedExceptionally() ? null : close(ground.join()));
        databases.shutdown();
        try {
            databases.awaitTermination(DATABASE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Void close(Ground ground) {
        ground.close();
        return null;
    }
}

package grading.host;

import grading.Clone;
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
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import lab.Database;
import lab.LabException;
import lab.Login;
import lab.Progress;
import lab.redis.Redis;
import lesson.Exercise;

/** The databases of one judge: a server, started at once, and clones for each exercise, some of them made ahead. */
final class DatabasePool implements AutoCloseable {
    private static final int DATABASE_SECONDS = 120;
    private static final int MAX_AHEAD = 4;
    // One thread for all that touches the server: the order is kept, and tidying up is off the learner's path.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("databases").factory());
    private final CompletableFuture<GradingServer> ground;
    private final Map<String, ArrayDeque<Database>> prepared = new HashMap<>();
    private final Map<String, Integer> needed = new ConcurrentHashMap<>();

    /** @param db the word after {@code --db} */
    DatabasePool(String db, Progress progress) {
        ground = CompletableFuture.supplyAsync(() -> GradingServer.open(db, progress), thread);
    }

    /** Gives it a login to a database that no answer is judged on, when there is one. */
    void whenOpen(Consumer<Login> hears) {
        ground.thenAccept(open -> hears.accept(open.elsewhere()));
    }

    /** Those of one trial; the first is being made. */
    VerificationDatabases forTrial(Exercise exercise) {
        return new VerificationDatabases(new Server(exercise), thread.submit(() -> take(exercise)));
    }

    /** How many a trial of this exercise has used, to make as many ready for the next. */
    void used(Exercise exercise, int count) {
        needed.merge(exercise.id(), count, Math::max);
    }

    /** Makes clones ahead, as many as one verification has needed. Returns at once. */
    void prepare(Exercise exercise) {
        thread.submit(() -> {
            var ready = prepared(exercise);
            while (ready.size() < Math.clamp(needed.getOrDefault(exercise.id(), 1), 1, MAX_AHEAD)) {
                ready.add(make(exercise));
            }
            return ready;
        });
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
    private final class Server implements VerificationDatabases.Server {
        private final Exercise exercise;

        private Server(Exercise exercise) {
            this.exercise = exercise;
        }

        @Override public Database another() throws InterruptedException {
            return await(thread.submit(() -> take(exercise)));
        }

        @Override public Clone as(Database database) {
            return ground.join().as(database);
        }

        @Override public Redis redis() throws InterruptedException {
            return await(thread.submit(() -> ground.join().redis()));
        }

        @Override public String version() {
            return ground.join().version();
        }

        @Override public boolean exists(Database database) throws InterruptedException {
            return await(thread.submit(() -> ground.join().exists(database)));
        }

        @Override public void keep(Future<Database> unused) {
            thread.submit(() -> prepared(exercise).add(unused.get()));
        }

        @Override public void giveBack(Database used) {
            thread.submit(() -> {
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
        } catch (TimeoutException e) {
            throw new LabException("the database did not answer within " + DATABASE_SECONDS + " s; look at it with `./jbang doctor`", e);
        }
    }

    @Override public void close() {
        thread.submit(() -> ground.isCompletedExceptionally() ? null : close(ground.join()));
        thread.shutdown();
        try {
            thread.awaitTermination(DATABASE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Void close(GradingServer gradingServer) {
        gradingServer.close();
        return null;
    }
}

package grading.host;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import lab.SqlErrors;
import lab.redis.Redis;
import lesson.Exercise;

/** The databases of one {@link VerificationService}: a server, started at once, and clones for each exercise, some made ahead. */
final class DatabasePool implements AutoCloseable {
    private static final int DATABASE_SECONDS = 120;
    private static final int MAX_AHEAD = 4;
    // One thread for all that touches the server: the order is kept, and no verdict waits for cleaning up.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("databases").factory());
    private final CompletableFuture<GradingServer> server;
    private final Map<String, ArrayDeque<Database>> ready = new HashMap<>();
    private final Map<String, Integer> needed = new ConcurrentHashMap<>();

    /** @param db the word after {@code --db} */
    DatabasePool(String db, Progress progress) {
        server = CompletableFuture.supplyAsync(() -> GradingServer.open(db, progress), thread);
    }

    /** Calls with a login to a database that no answer is judged on, as soon as the server is there. */
    void whenOpen(Consumer<Login> listener) {
        server.thenAccept(open -> listener.accept(open.otherDatabase()));
    }

    /** How many databases a verification of this exercise has used, to make as many ready for the next. */
    void noteUse(Exercise exercise, int count) {
        needed.merge(exercise.id(), count, Math::max);
    }

    /** Makes clones ahead, as many as one verification has needed. Returns at once. */
    void prepare(Exercise exercise) {
        thread.submit(() -> {
            var clones = ready(exercise);
            while (clones.size() < Math.clamp(needed.getOrDefault(exercise.id(), 1), 1, MAX_AHEAD)) {
                clones.add(shut(make(exercise)));
            }
            return clones;
        });
    }

    private ArrayDeque<Database> ready(Exercise exercise) {
        return ready.computeIfAbsent(exercise.id(), id -> new ArrayDeque<>());
    }

    /** A clone that was made ahead, or one that is made now. Returns at once. */
    Future<Database> take(Exercise exercise) {
        return thread.submit(() -> {
            var clone = ready(exercise).poll();
            if (clone == null) {
                return make(exercise);
            }
            server.join().open(clone);
            return clone;
        });
    }

    private Database make(Exercise exercise) {
        try {
            return server.join().take(exercise);
        } catch (SQLException e) {
            throw new LabException((SqlErrors.isConnectionLost(e) ? server.join().reasonLost() : Optional.<String>empty())
                .orElse("could not clone the database of exercise " + exercise.id() + ": " + SqlErrors.describe(e)), e);
        }
    }

    /** The server itself, for what is asked of it and takes no time. Waits until it is there. */
    GradingServer server() {
        return server.join();
    }

    /** A new Redis; the caller closes it. */
    Redis redis() throws InterruptedException {
        return await(thread.submit(() -> server.join().redis()));
    }

    /** Whether the database is still there; an answer may have dropped it. */
    boolean exists(Database database) throws InterruptedException {
        return await(thread.submit(() -> server.join().exists(database)));
    }

    /** Keeps one that was taken and not used for the next verification. */
    void keep(Exercise exercise, Future<Database> unused) {
        thread.submit(() -> ready(exercise).add(shut(unused.get())));
    }

    private Database shut(Database waiting) throws SQLException {
        server.join().shut(waiting);
        return waiting;
    }

    /** Drops one that was used. Returns at once. */
    void giveBack(Database used) {
        thread.submit(() -> {
            server.join().giveBack(used);
            return used;
        });
    }

    /** Waits for the server, within bounds. @throws LabException where it fails, or takes longer */
    static <T> T await(Future<T> work) throws InterruptedException {
        try {
            return work.get(DATABASE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            for (Throwable at = e; at != null; at = at.getCause()) {
                if (at instanceof LabException lab) {
                    throw lab;
                }
            }
            throw new LabException("the database failed: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new LabException("the database did not answer within " + DATABASE_SECONDS + " s; look at it with `./jbang doctor`", e);
        }
    }

    @Override public void close() {
        thread.submit(() -> server.isCompletedExceptionally() ? null : close(server.join()));
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

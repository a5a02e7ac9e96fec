package browser;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.sql.SessionState;
import lab.LabException;
import lesson.Lesson;

/** What the cells of a notebook run on: a server with the lesson's database, and the kernels. The notebook's lock guards it. */
final class Ground implements AutoCloseable {
    private final Lesson lesson;
    private final String db;
    private final Object lock;
    private final Standings tells;
    private final Foreground foreground;
    private CompletableFuture<LessonLab> lab;
    private Kernels kernels;
    private int generation;

    Ground(Lesson lesson, String db, Object lock, Standings tells, Foreground foreground) {
        this.lesson = lesson;
        this.db = db;
        this.lock = lock;
        this.tells = tells;
        this.foreground = foreground;
    }

    /** Starts what cells run on. Returns at once, and does nothing when it is there already. */
    Kernels warm() {
        synchronized (lock) {
            if (kernels == null) {
                tells.database("starting", "", "");
                lab = startLab();
                startKernels();
            }
            return kernels;
        }
    }

    private CompletableFuture<LessonLab> startLab() {
        return LessonLab.start(lesson, db, line -> {
            synchronized (lock) {
                tells.database("starting", line, "");
            }
        });
    }

    private void startKernels() {
        kernels = Kernels.start(lesson, lab);
        tells.kernel("starting", "");
        var now = generation;
        var started = kernels;
        Thread.ofVirtual().name("warm " + lesson.id()).start(() -> report(started, now));
    }

    private void report(Kernels started, int when) {
        try {
            var ready = LessonLab.of(lab);
            whileCurrent(when, () -> tells.database("ready", "", ready.version()));
        } catch (RuntimeException e) {
            whileCurrent(when, () -> {
                tells.database("lost", e.getMessage(), "");
                tells.kernel("dead", "there is no database");
                tells.notice("error", "The database could not start: " + e.getMessage(), Standings.TRY_AGAIN);
            });
            return;
        }
        try {
            started.awaitJava();
            whileCurrent(when, foreground::started);
        } catch (RuntimeException e) {
            whileCurrent(when, () -> {
                tells.kernel("dead", e.getMessage());
                tells.notice("error", "The process for Java cells could not start: " + e.getMessage(), Standings.TRY_AGAIN);
            });
        }
    }

    private void whileCurrent(int when, Runnable does) {
        synchronized (lock) {
            if (isCurrent(when)) {
                does.run();
            }
        }
    }

    /** The kernels as they are, where they have been started. */
    Optional<Kernels> kernels() {
        synchronized (lock) {
            return Optional.ofNullable(kernels);
        }
    }

    List<SessionState> sessions() {
        return kernels().map(Kernels::sessions).orElse(List.of());
    }

    /** What the server logged while a cell ran. */
    List<String> log(Slot slot) {
        Optional<LessonLab> on;
        Instant from;
        Instant to;
        synchronized (lock) {
            on = ready();
            from = slot.began;
            to = slot.status == Status.RUNNING ? Instant.now() : slot.ended;
        }
        if (on.isEmpty() || from.equals(Instant.EPOCH)) {
            return List.of();
        }
        try {
            return on.get().lab().server().log().between(from, to);
        } catch (LabException e) {
            throw new Refusal(404, e.getMessage());
        }
    }

    private Optional<LessonLab> ready() {
        return lab != null && lab.isDone() && !lab.isCompletedExceptionally() ? Optional.of(lab.join()) : Optional.empty();
    }

    /** Under the lock. */
    boolean isReady() {
        return ready().isPresent();
    }

    /** Of the server, once it is there. Under the lock. */
    String version() {
        return ready().map(LessonLab::version).orElse("");
    }

    // ---- how it is, and another one in its place

    /** Which database cells run on, by number. Under the lock. */
    int generation() {
        return generation;
    }

    /** Under the lock. */
    boolean isCurrent(int when) {
        return when == generation;
    }

    /** Under the lock. */
    boolean isJavaAlive() {
        return kernels.isJavaAlive();
    }

    /** Asks the server, which takes seconds where it does not answer. */
    boolean isServerGone() {
        Optional<LessonLab> on;
        synchronized (lock) {
            on = ready();
        }
        return !on.map(LessonLab::answers).orElse(false);
    }

    /** Whatever still runs on it, counts no more. Under the lock. */
    void leave() {
        generation++;
    }

    /** Ends the kernels. What they cannot end themselves goes with the database. */
    void clear() {
        try {
            kernels().ifPresent(Kernels::close);
        } catch (RuntimeException e) {
            // it was broken, and is replaced; its database goes with all connections to it
        }
    }

    /** The same server with a fresh database; another server where it does not answer any more. Takes a while. */
    CompletableFuture<LessonLab> renewed() {
        var current = lab;
        try {
            if (current != null && !current.isCompletedExceptionally()) {
                current.join().renew();
                return current;
            }
        } catch (RuntimeException e) {
            current.thenAccept(LessonLab::close).exceptionally(gone -> null);
        }
        return startLab();
    }

    /** Starts kernels on a fresh database. Under the lock. */
    void take(CompletableFuture<LessonLab> renewed) {
        lab = renewed;
        startKernels();
    }

    @Override public void close() {
        Optional<Kernels> last;
        synchronized (lock) {
            generation++;
            last = kernels();
        }
        last.ifPresent(Kernels::close);
        if (lab != null) {
            lab.handle((ready, failure) -> Optional.ofNullable(ready)).join().ifPresent(LessonLab::close);
        }
    }
}

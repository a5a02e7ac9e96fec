package browser.notebook;

import browser.runtime.Kernels;
import browser.runtime.LessonLab;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.sql.SessionState;
import lesson.Lesson;

/** What the cells of a notebook run on: a server with the lesson's database, and the kernels. The notebook's lock guards it. */
final class NotebookRuntime implements AutoCloseable {
    private final Lesson lesson;
    private final Object lock;
    private final SessionStatus status;
    private final ActiveKernel activeKernel;
    private final LessonServer server;
    private Kernels kernels;
    private int generation;

    NotebookRuntime(Lesson lesson, String db, Object lock, SessionStatus status, ActiveKernel activeKernel) {
        this.lesson = lesson;
        this.lock = lock;
        this.status = status;
        this.activeKernel = activeKernel;
        this.server = new LessonServer(lesson, db, lock, status);
    }

    /** Starts what cells run on. Returns at once, and does nothing when it is there already. */
    Kernels ensureStarted() {
        synchronized (lock) {
            if (kernels == null) {
                server.start();
                startKernels();
            }
            return kernels;
        }
    }

    private void startKernels() {
        kernels = Kernels.start(lesson, server.lab());
        status.kernel("starting", "");
        var current = generation;
        var started = kernels;
        Thread.ofVirtual().name("start " + lesson.id()).start(() -> report(started, current));
    }

    private void report(Kernels started, int generation) {
        try {
            var ready = LessonLab.join(server.lab());
            ifCurrent(generation, () -> status.database("ready", "", ready.version()));
        } catch (RuntimeException e) {
            ifCurrent(generation, () -> {
                status.database("lost", e.getMessage(), "");
                status.kernel("dead", "there is no database");
                status.notice("error", "The database could not start: " + e.getMessage(), SessionStatus.TRY_AGAIN);
            });
            return;
        }
        try {
            started.awaitJava();
            ifCurrent(generation, activeKernel::started);
        } catch (RuntimeException e) {
            ifCurrent(generation, () -> {
                status.kernel("dead", e.getMessage());
                status.notice("error", "The process for Java cells could not start: " + e.getMessage(), SessionStatus.TRY_AGAIN);
            });
        }
    }

    private void ifCurrent(int generation, Runnable action) {
        synchronized (lock) {
            if (isCurrent(generation)) {
                action.run();
            }
        }
    }

    LessonServer server() {
        return server;
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

    /** Which database cells run on, by number. Under the lock. */
    int generation() {
        return generation;
    }

    /** Under the lock. */
    boolean isCurrent(int generation) {
        return generation == this.generation;
    }

    /** Under the lock. */
    boolean isJavaAlive() {
        return kernels.isJavaAlive();
    }

    /** What still runs on this database does not count any more. Under the lock. */
    void nextGeneration() {
        generation++;
    }

    /** Ends the kernels. What they cannot end themselves ends with the database. */
    void closeKernels() {
        try {
            kernels().ifPresent(Kernels::close);
        } catch (RuntimeException e) {
            // they were broken, and are being replaced; all connections to their database are closed with it
        }
    }

    /** Starts kernels on a fresh database, unless the notebook was closed meanwhile. Under the lock. */
    void startOn(CompletableFuture<LessonLab> lab) {
        if (server.replaceBy(lab)) {
            startKernels();
        }
    }

    @Override public void close() {
        Optional<Kernels> last;
        synchronized (lock) {
            generation++;
            last = kernels();
        }
        last.ifPresent(Kernels::close);
        server.close();
    }
}

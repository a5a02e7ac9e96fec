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

    NotebookRuntime(Lesson lesson, String db, Object lock, SessionStatus tells, ActiveKernel activeKernel) {
        this.lesson = lesson;
        this.lock = lock;
        this.status = tells;
        this.activeKernel = activeKernel;
        this.server = new LessonServer(lesson, db, lock, tells);
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
        var now = generation;
        var started = kernels;
        Thread.ofVirtual().name("warm " + lesson.id()).start(() -> report(started, now));
    }

    private void report(Kernels started, int when) {
        try {
            var ready = LessonLab.join(server.lab());
            ifCurrent(when, () -> status.database("ready", "", ready.version()));
        } catch (RuntimeException e) {
            ifCurrent(when, () -> {
                status.database("lost", e.getMessage(), "");
                status.kernel("dead", "there is no database");
                status.notice("error", "The database could not start: " + e.getMessage(), SessionStatus.TRY_AGAIN);
            });
            return;
        }
        try {
            started.awaitJava();
            ifCurrent(when, activeKernel::started);
        } catch (RuntimeException e) {
            ifCurrent(when, () -> {
                status.kernel("dead", e.getMessage());
                status.notice("error", "The process for Java cells could not start: " + e.getMessage(), SessionStatus.TRY_AGAIN);
            });
        }
    }

    private void ifCurrent(int when, Runnable does) {
        synchronized (lock) {
            if (isCurrent(when)) {
                does.run();
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

    /** Whatever still runs on it, counts no more. Under the lock. */
    void nextGeneration() {
        generation++;
    }

    /** Ends the kernels. What they cannot end themselves goes with the database. */
    void closeKernels() {
        try {
            kernels().ifPresent(Kernels::close);
        } catch (RuntimeException e) {
            // it was broken, and is replaced; its database goes with all connections to it
        }
    }

    /** Starts kernels on a fresh database, unless all has come to its end meanwhile. Under the lock. */
    void startOn(CompletableFuture<LessonLab> renewed) {
        if (server.replaceBy(renewed)) {
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

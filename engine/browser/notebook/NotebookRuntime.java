package browser.notebook;

import browser.notebook.state.RuntimeEvent;
import browser.runtime.Kernels;
import browser.runtime.LessonLab;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import lab.Progress;
import lesson.Lesson;

/** What the cells of a notebook run on: a server with the lesson's database, and the kernels. The writer's thread changes it. */
final class NotebookRuntime implements AutoCloseable {
    private final Lesson lesson;
    private final Consumer<RuntimeEvent> post;
    private final LessonServer server;
    private volatile Optional<Kernels> kernels = Optional.empty();

    /** @param post is told how it goes */
    NotebookRuntime(Lesson lesson, String db, Consumer<RuntimeEvent> post) {
        this.lesson = lesson;
        this.post = post;
        this.server = new LessonServer(lesson, db);
    }

    LessonServer server() {
        return server;
    }

    /** The kernels as they are, where they have been started. */
    Optional<Kernels> kernels() {
        return kernels;
    }

    /** Starts server and kernels. Returns at once. */
    void start(int generation) {
        server.start(progress(generation));
        startKernels(generation);
    }

    private Progress progress(int generation) {
        return line -> post.accept(new RuntimeEvent.DatabaseStarting(generation, line));
    }

    /** Starts kernels on the server, which may still be starting itself. Returns at once. */
    void startKernels(int generation) {
        var started = Kernels.start(lesson, server.lab());
        var lab = server.lab();
        kernels = Optional.of(started);
        Thread.ofVirtual().name("start " + lesson.id()).start(() -> report(started, lab, generation));
    }

    private void report(Kernels started, CompletableFuture<LessonLab> lab, int generation) {
        try {
            post.accept(new RuntimeEvent.DatabaseReady(generation, LessonLab.join(lab).version()));
        } catch (RuntimeException e) {
            post.accept(new RuntimeEvent.DatabaseFailed(generation, String.valueOf(e.getMessage())));
            return;
        }
        try {
            started.awaitJava();
            post.accept(new RuntimeEvent.KernelReady(generation));
        } catch (RuntimeException e) {
            post.accept(new RuntimeEvent.KernelFailed(generation, String.valueOf(e.getMessage())));
        }
    }

    /** Ends the kernels, and makes a fresh database. Returns at once. */
    void renew(int generation) {
        server.renew(this::closeKernels, () -> post.accept(new RuntimeEvent.Renewed(generation)), progress(generation));
    }

    /** What they cannot end themselves ends with the database. */
    private void closeKernels() {
        try {
            kernels.ifPresent(Kernels::close);
        } catch (RuntimeException e) {
            // they were broken, and are being replaced; all connections to their database are closed with it
        }
    }

    @Override public void close() {
        try (server) {
            kernels.ifPresent(Kernels::close);
        }
    }
}

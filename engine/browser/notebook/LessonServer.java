package browser.notebook;

import browser.http.Refusal;
import browser.notebook.state.CellRun;
import browser.notebook.state.CellStatus;
import browser.runtime.LessonLab;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import lab.LabException;
import lab.Progress;
import lesson.Lesson;

/** The server under a notebook, which starts in the background and can be replaced by another. The writer's thread changes it. */
final class LessonServer implements AutoCloseable {
    /** One that prepares much data takes a minute to start. */
    private static final int MAX_CLOSE_SECONDS = 120;
    private static final Executor THREADS = Thread.ofVirtual().name("server")::start;
    private final Lesson lesson;
    private final String db;
    private volatile CompletableFuture<LessonLab> lab = CompletableFuture.failedFuture(new LabException("no server was started"));
    private volatile boolean isClosed;

    LessonServer(Lesson lesson, String db) {
        this.lesson = lesson;
        this.db = db;
    }

    /** Returns at once. */
    void start(Progress progress) {
        lab = LessonLab.start(lesson, db, progress);
    }

    /** Completes when the server is ready, exceptionally where it could not start. */
    CompletableFuture<LessonLab> lab() {
        return lab;
    }

    private Optional<LessonLab> ready() {
        return ready(lab);
    }

    private static Optional<LessonLab> ready(CompletableFuture<LessonLab> now) {
        return now.isDone() && !now.isCompletedExceptionally() ? Optional.of(now.join()) : Optional.empty();
    }

    boolean isReady() {
        return ready().isPresent();
    }

    /** Product and version; empty while it starts. */
    String version() {
        return ready().map(LessonLab::version).orElse("");
    }

    /** Whether the server is ready no more. Asks it, which takes seconds where it does not answer. */
    boolean isGone() {
        return !ready().map(LessonLab::answers).orElse(false);
    }

    /**
     * What it logged while a cell ran; nothing where the cell has not run.
     *
     * @throws Refusal where the log cannot be read, with the reason
     */
    List<String> log(CellRun run) {
        var current = ready();
        if (current.isEmpty() || run.startedAt().equals(Instant.EPOCH)) {
            return List.of();
        }
        try {
            return current.get().lab().server().log().between(run.startedAt(), run.status() == CellStatus.RUNNING ? Instant.now() : run.endedAt());
        } catch (LabException e) {
            throw new Refusal(404, e.getMessage());
        }
    }

    /**
     * The same server with a fresh database; another server where it does not answer any more. Returns at once.
     *
     * @param first   has to be done before
     * @param renewed is called when the database is fresh, or another server starts
     */
    void renew(Runnable first, Runnable renewed, Progress progress) {
        var before = lab;
        lab = CompletableFuture.runAsync(() -> stopIfSilent(before), THREADS).handleAsync((stopped, failure) -> {
            first.run();
            return stopped;
        }, THREADS).handle((done, failure) -> before).thenCompose(Function.identity())
            .handleAsync((ready, failure) -> freshOn(Optional.ofNullable(ready), progress), THREADS)
            .whenComplete((fresh, failure) -> renewed.run())
            .thenCompose(Function.identity());
    }

    /** Whatever waits for a frozen server ends with it; cells cannot be stopped before. A server of the learner's own is left alone. */
    private static void stopIfSilent(CompletableFuture<LessonLab> lab) {
        ready(lab).filter(now -> !now.lab().server().isShared() && !now.answers()).ifPresent(LessonLab::close);
    }

    private CompletableFuture<LessonLab> freshOn(Optional<LessonLab> current, Progress progress) {
        try {
            if (current.isPresent()) {
                current.get().renew();
                return CompletableFuture.completedFuture(current.get());
            }
        } catch (RuntimeException e) {
            current.get().close(); // does not answer any more
        }
        return isClosed ? CompletableFuture.failedFuture(new LabException("the notebook was closed")) : LessonLab.start(lesson, db, progress);
    }

    /** Ends the server, also one that is still starting. */
    @Override public void close() {
        isClosed = true;
        var ended = lab.thenAccept(LessonLab::close);
        try {
            ended.get(MAX_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // there is none, or it ends as soon as it has started
        }
    }
}

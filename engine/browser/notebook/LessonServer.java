package browser.notebook;

import browser.http.Refusal;
import browser.runtime.LessonLab;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lab.LabException;
import lesson.Lesson;

/** The server under a notebook, which starts in the background and can be replaced by another. The notebook's lock guards it. */
final class LessonServer implements AutoCloseable {
    private final Lesson lesson;
    private final String db;
    private final Object lock;
    private final SessionStatus status;
    private CompletableFuture<LessonLab> lab;
    private boolean isClosed;

    LessonServer(Lesson lesson, String db, Object lock, SessionStatus status) {
        this.lesson = lesson;
        this.db = db;
        this.lock = lock;
        this.status = status;
    }

    /** Returns at once. Under the lock. */
    void start() {
        status.database("starting", "", "");
        lab = startLab();
    }

    private CompletableFuture<LessonLab> startLab() {
        return LessonLab.start(lesson, db, line -> {
            synchronized (lock) {
                status.database("starting", line, "");
            }
        });
    }

    /** Completes when the server is ready, exceptionally where it could not start. */
    CompletableFuture<LessonLab> lab() {
        return lab;
    }

    private Optional<LessonLab> ready() {
        return lab != null && lab.isDone() && !lab.isCompletedExceptionally() ? Optional.of(lab.join()) : Optional.empty();
    }

    /** Under the lock. */
    boolean isReady() {
        return ready().isPresent();
    }

    /** Empty while it starts. Under the lock. */
    String version() {
        return ready().map(LessonLab::version).orElse("");
    }

    /** Whether the server is ready no more. Asks it, which takes seconds where it does not answer. */
    boolean isGone() {
        Optional<LessonLab> current;
        synchronized (lock) {
            current = ready();
        }
        return !current.map(LessonLab::answers).orElse(false);
    }

    /**
     * What it logged while a cell ran; nothing where the cell has not run.
     *
     * @throws Refusal where the log cannot be read, with the reason
     */
    List<String> log(NotebookCell notebookCell) {
        Optional<LessonLab> current;
        Instant from;
        Instant to;
        synchronized (lock) {
            current = ready();
            from = notebookCell.startedAt;
            to = notebookCell.status == CellStatus.RUNNING ? Instant.now() : notebookCell.endedAt;
        }
        if (current.isEmpty() || from.equals(Instant.EPOCH)) {
            return List.of();
        }
        try {
            return current.get().lab().server().log().between(from, to);
        } catch (LabException e) {
            throw new Refusal(404, e.getMessage());
        }
    }

    /** The same server with a fresh database; another server where it does not answer any more. Takes a while. */
    CompletableFuture<LessonLab> renew() {
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

    /**
     * From here on it is this one. Under the lock.
     *
     * @return false where the notebook was closed meanwhile; then the new one is closed too
     */
    boolean replaceBy(CompletableFuture<LessonLab> renewed) {
        if (isClosed) {
            renewed.thenAccept(LessonLab::close);
            return false;
        }
        lab = renewed;
        return true;
    }

    @Override public void close() {
        CompletableFuture<LessonLab> last;
        synchronized (lock) {
            isClosed = true;
            last = lab;
        }
        if (last != null) {
            last.handle((ready, failure) -> Optional.ofNullable(ready)).join().ifPresent(LessonLab::close);
        }
    }
}

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

    LessonServer(Lesson lesson, String db, Object lock, SessionStatus tells) {
        this.lesson = lesson;
        this.db = db;
        this.lock = lock;
        this.status = tells;
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

    /** As it starts, is, or could not start. */
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

    /** Once it is there. Under the lock. */
    String version() {
        return ready().map(LessonLab::version).orElse("");
    }

    /** Asks the server, which takes seconds where it does not answer. */
    boolean isGone() {
        Optional<LessonLab> on;
        synchronized (lock) {
            on = ready();
        }
        return !on.map(LessonLab::answers).orElse(false);
    }

    /** What it logged while a cell ran. */
    List<String> log(NotebookCell notebookCell) {
        Optional<LessonLab> on;
        Instant from;
        Instant to;
        synchronized (lock) {
            on = ready();
            from = notebookCell.startedAt;
            to = notebookCell.status == CellStatus.RUNNING ? Instant.now() : notebookCell.endedAt;
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
     * @return whether it is wanted; one that comes after the end is ended at once
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

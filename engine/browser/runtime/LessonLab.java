package browser.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lab.Database;
import lab.DatabaseReset;
import lab.Lab;
import lab.Progress;
import lab.provider.Providers;
import lesson.Lesson;
import script.Migrations;

/** The server of an open lesson, and its database, which can be put back to its beginning at any time. */
public final class LessonLab implements AutoCloseable {
    private final Lab lab;
    private final DatabaseReset databaseReset;

    private LessonLab(Lab lab, DatabaseReset databaseReset) {
        this.lab = lab;
        this.databaseReset = databaseReset;
    }

    /**
     * Starts a server. Returns at once.
     *
     * @param db       the word after {@code --db}
     * @param progress is told what takes long, and each second how far it is
     */
    public static CompletableFuture<LessonLab> start(Lesson lesson, String db, Progress progress) {
        return CompletableFuture.supplyAsync(() -> open(lesson, db, progress), Thread.ofVirtual().name("lab " + lesson.id())::start);
    }

    private static LessonLab open(Lesson lesson, String db, Progress progress) {
        var lab = Providers.open(db, Migrations.before(lesson), progress.sparing(Duration.ZERO));
        try {
            return new LessonLab(lab, DatabaseReset.of(lab));
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    /** Waits for the server. @throws RuntimeException what kept it from starting, as it is */
    public static LessonLab join(CompletableFuture<LessonLab> started) {
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The lab that is shared by all who have this lesson open. */
    public Lab lab() {
        return lab;
    }

    Database database() {
        return lab.lessonDatabase();
    }

    /** Product and version of the server, for the page. */
    public String version() {
        return lab.server().describe();
    }

    /** Throws away what was done in the database, whoever is connected to it. */
    public void renew() {
        databaseReset.reset();
    }

    /** Whether the server answers. Takes seconds where it does not. */
    public boolean answers() {
        return databaseReset.answers();
    }

    @Override public void close() {
        databaseReset.close();
        lab.close();
    }
}

package browser.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lab.Database;
import lab.Lab;
import lab.Progress;
import lab.Renewal;
import lab.provider.Choice;
import lesson.Lesson;
import script.Migrations;

/** The server of an open lesson, and its database, which can be had as it was in the beginning at any time. */
public final class LessonLab implements AutoCloseable {
    private final Lab lab;
    private final Renewal renewal;

    private LessonLab(Lab lab, Renewal renewal) {
        this.lab = lab;
        this.renewal = renewal;
    }

    /** Returns at once; the server starts meanwhile. */
    public static CompletableFuture<LessonLab> start(Lesson lesson, String db, Progress progress) {
        return CompletableFuture.supplyAsync(() -> open(lesson, db, progress), Thread.ofVirtual().name("lab " + lesson.id())::start);
    }

    private static LessonLab open(Lesson lesson, String db, Progress progress) {
        var lab = Choice.open(db, Migrations.before(lesson), progress);
        try {
            return new LessonLab(lab, Renewal.of(lab));
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    /** Waits for the server. What kept it from starting comes out as it is. */
    public static LessonLab of(CompletableFuture<LessonLab> started) {
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    public Lab lab() {
        return lab;
    }

    Database database() {
        return lab.lessonDatabase();
    }

    public String version() {
        return lab.server().describe();
    }

    /** Throws away what was done in the database, whoever is connected to it. */
    public void renew() {
        renewal.renew();
    }

    public boolean answers() {
        return renewal.answers();
    }

    @Override public void close() {
        renewal.close();
        lab.close();
    }
}

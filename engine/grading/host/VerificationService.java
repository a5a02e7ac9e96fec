package grading.host;

import grading.protocol.Limits;
import grading.report.Verdict;
import java.nio.file.Path;
import lab.Progress;
import lesson.Exercise;
import timing.Phases;

/**
 * Judges answers. It keeps warm what costs time: a server, a worker JVM, the template of each exercise and clones of
 * the last one. Server and worker start at once and side by side; an answer that does not compile is refused before
 * the server is there.
 */
public final class VerificationService implements AutoCloseable {
    private final Limits limits;
    private final Workers workers;
    private final DatabasePool databases;

    private VerificationService(String db, Progress progress, Limits limits) {
        this.limits = limits;
        Phases.note("begun");
        workers = new Workers(limits);
        databases = new DatabasePool(db, progress);
        databases.whenOpen(workers::meet);
    }

    /**
     * Returns at once; what fails in the lab is thrown by {@link #verify}.
     *
     * @param db the word after {@code --db}
     */
    public static VerificationService open(String db, Progress progress) {
        return open(db, progress, Limits.USUAL);
    }

    static VerificationService open(String db, Progress progress, Limits limits) {
        return new VerificationService(db, progress, limits);
    }

    /**
     * Judges the files of a folder as an answer to an exercise, in bounded time whatever they do.
     *
     * @throws LabException if there is no database to judge on
     */
    public Verdict verify(Exercise exercise, Path folder) throws InterruptedException {
        return judge(exercise, folder, Verification.Extent.WHOLE);
    }

    /** The same, but no further than to the first check that does not pass: enough to know whether the answer does. */
    public Verdict refute(Exercise exercise, Path folder) throws InterruptedException {
        return judge(exercise, folder, Verification.Extent.FIRST_REFUSAL);
    }

    private synchronized Verdict judge(Exercise exercise, Path folder, Verification.Extent extent) throws InterruptedException {
        var taken = databases.forTrial(exercise);
        Phases.note("judge");
        var verification = new Verification(exercise, folder, extent, limits, workers.take(), taken);
        var verdict = verification.run();
        databases.used(exercise, taken.count());
        if (verification.workerIsDoubtful()) {
            workers.replace();
        }
        return verdict;
    }

    /** Makes ready what the next verification would wait for: clones, as many as one has needed, and a worker that is warm. */
    public void prepare(Exercise exercise) {
        databases.prepare(exercise);
        workers.rehearse(exercise.verifier().toString(), Verification.javaSources(exercise.folder()));
    }

    @Override public void close() {
        workers.close();
        databases.close();
    }
}

package grading.host;

import grading.protocol.CheckSelection;
import grading.protocol.Limits;
import grading.report.Verdict;
import grading.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.Optional;
import lab.Progress;
import lesson.Exercise;
import lesson.VerifierChecks;
import timing.Phases;

/**
 * Verifies answers. It keeps ready what costs time: a server, a worker JVM, the template of each exercise and clones of
 * the last one. Server and worker start at once and side by side; an answer that does not compile is refused before
 * the server is there.
 */
public final class VerificationService implements AutoCloseable {
    private final Limits limits;
    private final Sandbox sandbox;
    private final Workers workers;
    private final DatabasePool databases;
    private Optional<CompilingWorker> compiler = Optional.empty();

    private VerificationService(String db, Progress progress, Limits limits, Sandbox sandbox) {
        this.limits = limits;
        this.sandbox = sandbox;
        Phases.note("begun");
        databases = new DatabasePool(db, progress); // first, because it takes no time here
        workers = new Workers(limits, sandbox);
        databases.whenOpen(workers::warmUpConnections);
    }

    /**
     * Returns at once; what fails in the lab is thrown by {@link #verify}.
     *
     * @param db the word after {@code --db}
     */
    public static VerificationService open(String db, Progress progress) {
        return open(db, progress, Limits.USUAL);
    }

    /** The same for answers of somebody else, whose JVM is a {@link jvm.IsolatedJvm}. @param sandbox around that JVM */
    public static VerificationService openForOthers(String db, Progress progress, Sandbox sandbox) {
        return new VerificationService(db, progress, Limits.USUAL.forOthers(), sandbox);
    }

    static VerificationService open(String db, Progress progress, Limits limits) {
        return new VerificationService(db, progress, limits, Sandbox.NONE);
    }

    /**
     * Verifies the files of a folder as an answer to an exercise. Takes a minute at most for all checks, whatever they do
     * ({@link Limits#USUAL}); one verification at a time.
     *
     * @return the verdict, also where the answer loops, floods its output or ends its process
     *
     * @throws lab.LabException if there is no database to judge on
     */
    public Verdict verify(Exercise exercise, Path folder) throws InterruptedException {
        return verify(exercise, folder, CheckSelection.ALL);
    }

    /** As {@link #verify}, but ends with the first check that does not pass: enough to know whether the answer does. */
    public Verdict refute(Exercise exercise, Path folder) throws InterruptedException {
        return verify(exercise, folder, CheckSelection.TO_FIRST_REFUSAL);
    }

    /** As {@link #refute}, by this check and those that it needs alone; by all where it is no check of the verifier's. */
    public Verdict refute(Exercise exercise, Path folder, String check) throws InterruptedException {
        return verify(exercise, folder, CheckSelection.only(VerifierChecks.withNeeds(VerifierChecks.of(exercise), check)));
    }

    private synchronized Verdict verify(Exercise exercise, Path folder, CheckSelection selection) throws InterruptedException {
        var verificationDatabases = new VerificationDatabases(databases, exercise);
        Phases.note("judge");
        var verification = new Verification(exercise, folder, selection, limits, workers.take(), compiler, verificationDatabases);
        var verdict = verification.run();
        if (verification.workerIsDoubtful()) {
            workers.replace();
        }
        return verdict;
    }

    /**
     * Before answers of somebody else: what those before may have left ends, and a new worker is made ready. Waits for neither. From the second learner
     * on, all answers are compiled by one worker, which is warm.
     */
    public synchronized void nextLearner() {
        if (compiler.isEmpty()) {
            compiler = Optional.of(new CompilingWorker(limits, sandbox));
        }
        workers.renew();
    }

    /** Makes ready what the next verification would wait for: clones, as many as one has needed, and a worker that is warm. */
    public void prepare(Exercise exercise) {
        databases.prepare(exercise);
        workers.warmUpCompiler(exercise.verifier(), Verification.javaSources(exercise.folder()));
    }

    /** A database of the exercise for the learner. Returns when it is there; the caller closes it. */
    public ExerciseDatabase database(Exercise exercise) throws InterruptedException {
        return ExerciseDatabase.on(databases, exercise);
    }

    /** Ends the worker and the server, and removes what was made on it. */
    @Override public void close() {
        workers.close();
        compiler.ifPresent(CompilingWorker::close);
        databases.close();
    }
}

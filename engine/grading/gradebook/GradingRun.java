package grading.gradebook;

import grading.host.VerificationService;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import kernel.output.VisibleText;
import lab.LabException;
import lesson.Home;

/** Judges the files of a folder, several side by side, and keeps what came of each as soon as it is known. */
public final class GradingRun {
    private static final int TOO_MANY = 3;
    private final GradingFolder kept;
    private final SubmissionGrader grader;
    private final Supplier<VerificationService> services;
    private final Consumer<VerificationService> end;

    /**
     * @param database which PostgreSQL judges, as exactly as can be said before it runs
     * @param signers  names the keys of those who may sign
     * @param services gives each job a service of its own, in whatever sandbox
     */
    public GradingRun(Home home, GradingFolder kept, String database, Optional<Path> signers, Supplier<VerificationService> services) {
        this(home, kept, database, signers, services, VerificationService::close);
    }

    /** @param end what becomes of a service that a job needs no more: tests have one for all jobs */
    GradingRun(Home home, GradingFolder kept, String database, Optional<Path> signers, Supplier<VerificationService> services, Consumer<VerificationService> end) {
        this.kept = kept;
        this.services = services;
        this.end = end;
        grader = new SubmissionGrader(home, kept, new Verdicts(kept, home, database), signers);
    }

    /**
     * Judges each file. What was judged before is not judged again.
     *
     * @param jobs   how many services work side by side
     * @param judged is told of each file as it is done, by one thread at a time
     * @throws LabException where there is no database to judge on; what was judged so far is kept
     */
    public void grade(List<HandedIn> files, int jobs, Consumer<GradedSubmission> judged) throws InterruptedException {
        var waiting = new ConcurrentLinkedQueue<>(files);
        try (var threads = Executors.newFixedThreadPool(jobs, Thread.ofPlatform().daemon().name("grading-", 0).factory())) {
            var running = IntStream.range(0, jobs).<Future<?>>mapToObj(i -> threads.submit(() -> {
                work(waiting, judged);
                return null;
            })).toList();
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LabException lab ? lab : new LabException("could not grade: " + e.getCause(), e.getCause());
        }
    }

    private void work(ConcurrentLinkedQueue<HandedIn> waiting, Consumer<GradedSubmission> judged) throws InterruptedException {
        try (var service = new ReplacedService(services, end)) {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                var submission = graded(next, service, waiting);
                kept.keep(submission);
                service.nextLearner();
                synchronized (this) {
                    judged.accept(submission);
                }
            }
        }
    }

    /** A database that fails may have been harmed by this answer, so the next one has a new one; several in a row are no accident. */
    private GradedSubmission graded(HandedIn file, ReplacedService service, ConcurrentLinkedQueue<HandedIn> waiting) throws InterruptedException {
        try {
            var submission = grader.grade(file, service);
            service.failures = 0;
            return submission;
        } catch (LabException failure) {
            service.replace();
            if (++service.failures == TOO_MANY) {
                waiting.clear();
                throw failure;
            }
            return GradedSubmission.bad(file.name(), "could not be judged: " + VisibleText.of(failure.getMessage()));
        } catch (RuntimeException unforeseen) {
            return GradedSubmission.bad(file.name(), "could not be judged, and that is the course's fault: " + VisibleText.of(unforeseen.toString()));
        }
    }

    /** The service of one job, opened when it is first needed. */
    private static final class ReplacedService implements Supplier<VerificationService>, AutoCloseable {
        private final Supplier<VerificationService> services;
        private final Consumer<VerificationService> end;
        private VerificationService open;
        private int failures;

        ReplacedService(Supplier<VerificationService> services, Consumer<VerificationService> end) {
            this.services = services;
            this.end = end;
        }

        @Override public VerificationService get() {
            if (open == null) {
                open = services.get();
            }
            return open;
        }

        /** What the answers of one learner have left ends before those of the next. */
        void nextLearner() {
            if (open != null) {
                open.nextLearner();
            }
        }

        void replace() {
            close();
            open = null;
        }

        @Override public void close() {
            if (open != null) {
                end.accept(open);
            }
        }
    }
}
